import { endpoint } from '#lib/http/endpoint.ts';
import { findEvent } from '#lib/http/find.ts';
import type { RequestEvent } from './$types';

/** The news of outcomes as server-sent events: what changed since `?at=`, then every change, and a beat when nothing does. */
export const GET = endpoint(async ({ locals, params, url }: RequestEvent) => {
  const { slug } = await findEvent(locals.services, params.event);
  const stream = await locals.services.outcomes.watch(slug, url.searchParams.get('at'));
  // A proxy in between is told not to gather it.
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' } });
});
