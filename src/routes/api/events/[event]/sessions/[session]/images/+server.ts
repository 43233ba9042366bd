import { json } from '@sveltejs/kit';
import { endpoint } from '#lib/http/endpoint.ts';
import type { RequestEvent } from './$types';

/** An image for this session's note, as the body, with its own Content-Type. 201 with `{file}`: it is served at `/files/<file>`. */
export const POST = endpoint(async ({ request, locals, params }: RequestEvent) => {
  const upload = { type: request.headers.get('content-type') ?? '', body: request.body };
  return json(await locals.services.images.add(locals.actor, params, upload), { status: 201 });
});
