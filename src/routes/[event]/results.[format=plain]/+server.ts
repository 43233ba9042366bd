import { resultsText } from '#core/publish/results.ts';
import { findEvent } from '#lib/http/find.ts';
import { readPublication } from '#lib/publish/read.ts';
import type { RequestHandler } from './$types';

/** What became of an event's outcomes, as text for the proposal of the next one. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const event = await findEvent(locals.services, params.event);
  const { publication } = await readPublication(locals.services, event, url);
  return new Response(resultsText(publication), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
