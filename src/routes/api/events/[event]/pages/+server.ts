import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/http/endpoint.ts';
import { findEvent } from '#lib/http/find.ts';
import { eventPages } from '#lib/offline/event-pages.ts';
import type { RequestHandler } from './$types';

/** What a browser keeps of an event that is visited, and whether what it has is old. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
  const event = await findEvent(locals.services, params.event);
  return json({ pages: await eventPages(locals.services, event) });
});
