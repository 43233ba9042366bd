import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/http/endpoint.ts';
import { findEvent } from '#lib/http/find.ts';
import type { RequestEvent } from './$types';

/** What an open board asks for again and again when no stream reaches it: the sessions that changed since `?at=`. */
export const GET = endpoint(async ({ locals, params, url }: RequestEvent) => {
  const { slug } = await findEvent(locals.services, params.event);
  return json(await locals.services.outcomes.news(slug, url.searchParams.get('at')));
});
