import { readObject, stringIn } from '#lib/http/body.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import type { RequestEvent } from './$types';

/** `{name}`: remembers the name of this device. Answers 204. */
export const PUT = endpoint(async ({ request, locals }: RequestEvent) => {
  const body = await readObject(request);
  await locals.services.identity.setName(locals.actor, stringIn(body, 'name'));
  return new Response(null, { status: 204 });
});
