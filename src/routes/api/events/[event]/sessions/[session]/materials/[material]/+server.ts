import { json } from '@sveltejs/kit';
import { indexIn, readObject } from '#lib/http/body.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { findSession } from '#lib/http/find.ts';
import { inputError } from '#lib/http/input-error.ts';
import { materialIn } from '#lib/http/material-input.ts';
import type { RequestEvent } from './$types';

/** Removes it. 200 with `{material, index}`, which PUT takes to undo the removal. */
export const DELETE = endpoint(async ({ locals, params }: RequestEvent) => {
  await findSession(locals.services, params.event, params.session);
  return json(await locals.services.events.removeMaterial(locals.actor, params, params.material));
});

/** `{index}`: moves it to that place in the list, counted from 0. 204. */
export const PATCH = endpoint(async ({ request, locals, params }: RequestEvent) => {
  await findSession(locals.services, params.event, params.session);
  const index = indexIn(await readObject(request), 'index');
  await locals.services.events.moveMaterial(locals.actor, params, params.material, index);
  return new Response(null, { status: 204 });
});

/** `{material, index}`: puts a removed one back to its place, with its author. 204. */
export const PUT = endpoint(async ({ request, locals, params }: RequestEvent) => {
  await findSession(locals.services, params.event, params.session);
  const body = await readObject(request);
  const material = materialIn(body);
  if (material.id !== params.material) throw inputError('material.id', 'The id must be the one in the address.');
  await locals.services.events.restoreMaterial(locals.actor, params, material, indexIn(body, 'index'));
  return new Response(null, { status: 204 });
});
