import type { RequestHandler } from './$types';

/** Prometheus text format. Numbers only: no titles, no names. */
export const GET: RequestHandler = ({ locals }) =>
  new Response(locals.services.metrics(), { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } });
