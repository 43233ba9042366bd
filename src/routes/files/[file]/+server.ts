import { error } from '@sveltejs/kit';
import { endpoint } from '#lib/http/endpoint.ts';
import { fileHeaders } from '#lib/http/file-headers.ts';
import type { RequestEvent } from './$types';

/** An image of a note. */
export const GET = endpoint(async ({ locals, params }: RequestEvent) => {
  const image = await locals.services.images.read(locals.actor, params.file);
  if (image === null) error(404, 'There is no such file.');
  return new Response(image.bytes, { headers: fileHeaders(params.file, image.type) });
});
