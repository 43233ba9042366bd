import type { RequestHandler } from './$types';

/** 200 while the store answers and the server is not draining. */
export const GET: RequestHandler = ({ locals }) => {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return locals.services.ready()
    ? new Response('ready\n', { headers })
    : new Response('not ready\n', { status: 503, headers: { ...headers, 'retry-after': '5' } });
};
