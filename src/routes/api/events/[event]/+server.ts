import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/http/endpoint.ts';
import { eventJson } from '#lib/http/event-json.ts';
import { findEvent } from '#lib/http/find.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals, params }: RequestEvent) =>
  json(eventJson(await findEvent(locals.services, params.event))),
);
