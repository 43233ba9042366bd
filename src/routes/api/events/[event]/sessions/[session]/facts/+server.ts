import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/http/endpoint.ts';
import { sessionFacts } from '#lib/http/event-json.ts';
import { findSession } from '#lib/http/find.ts';
import type { RequestEvent } from './$types';

/** What a room asks for again when it is told that the facts of its session changed. */
export const GET = endpoint(async ({ locals, params }: RequestEvent) => {
  const { event, session } = await findSession(locals.services, params.event, params.session);
  return json(sessionFacts(event, session));
});
