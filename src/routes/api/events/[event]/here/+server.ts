import { json } from '@sveltejs/kit';
import { agendaNow } from '#lib/agenda/agenda-now.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { findEvent } from '#lib/http/find.ts';
import type { RequestHandler } from './$types';

/** What an open agenda asks for again and again: the time, who is in which room, and which notes have text. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
  const event = await findEvent(locals.services, params.event);
  return json(await agendaNow(locals.services, event, Date.now()));
});
