import { json } from '@sveltejs/kit';
import { headJson } from '#lib/http/event-json.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals }: RequestEvent) => {
  const events = await locals.services.events.list();
  return json(events.map(headJson));
});
