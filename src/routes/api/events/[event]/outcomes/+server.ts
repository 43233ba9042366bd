import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/http/endpoint.ts';
import { findEvent } from '#lib/http/find.ts';
import { filterAsked, outcomesJson } from '#lib/http/outcome-json.ts';
import type { RequestEvent } from './$types';

/** What was marked in the event's notes, in programme order, narrowed by the filters of core/outcomes/filter.ts. */
export const GET = endpoint(async ({ locals, params, url }: RequestEvent) => {
  const event = await findEvent(locals.services, params.event);
  const wanted = filterAsked(url.searchParams, event);
  const found = outcomesJson(event, await locals.services.outcomes.ofEvent(event.slug));
  return json(found.filter(wanted));
});
