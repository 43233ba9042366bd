import { json } from '@sveltejs/kit';
import { readObject, stringIn } from '#lib/http/body.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { findSession } from '#lib/http/find.ts';
import { materialKindIn } from '#lib/http/material-input.ts';
import type { RequestEvent } from './$types';

/** `{kind, title, url}`: adds it at the end of the list. 201 with the material. */
export const POST = endpoint(async ({ request, locals, params }: RequestEvent) => {
  await findSession(locals.services, params.event, params.session);
  const body = await readObject(request);
  const input = { kind: materialKindIn(body), title: stringIn(body, 'title'), url: stringIn(body, 'url') };
  return json(await locals.services.events.addMaterial(locals.actor, params, input), { status: 201 });
});
