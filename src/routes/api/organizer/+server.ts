import { readObject, stringIn } from '#lib/http/body.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { problemResponse } from '#lib/http/problem.ts';
import type { RequestEvent } from './$types';

/** `{token}`: uses the one-time organizer link up; this device is organizer from then on. 204, or 403 when it is unknown or used. */
export const POST = endpoint(async ({ request, locals }: RequestEvent) => {
  const token = stringIn(await readObject(request), 'token');
  if (await locals.services.identity.redeemOrganizerLink(locals.actor, token))
    return new Response(null, { status: 204 });
  return problemResponse({
    status: 403,
    title: 'This link was used before or replaced by a newer one.',
    field: 'token',
  });
});
