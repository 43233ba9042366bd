import { readObject, stringIn } from '#lib/http/body.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { findSession } from '#lib/http/find.ts';
import { factChangeIn } from '#lib/outcomes/fact-change-in.ts';
import type { RequestEvent } from './$types';

/**
 * `{session, fact, was, value}`: changes one fact (`state`, `owners`, `due`, `more`) of the outcome with this id in its note. `was` is
 * what the sender saw: 409 when it is something else by now. Answers 204.
 */
export const PATCH = endpoint(async ({ request, locals, params }: RequestEvent) => {
  const body = await readObject(request);
  const place = { event: params.event, session: stringIn(body, 'session') };
  await findSession(locals.services, place.event, place.session);
  const sent = { fact: stringIn(body, 'fact'), was: stringIn(body, 'was'), value: stringIn(body, 'value') };
  await locals.services.outcomes.change(locals.actor, place, factChangeIn(params.outcome, sent));
  return new Response(null, { status: 204 });
});
