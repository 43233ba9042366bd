import { isHttpError, isRedirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { problemOf, problemResponse } from './problem.ts';

/** Wraps a handler of the API: whatever it throws becomes application/problem+json; faults of ours and the world are logged. */
export function endpoint<E extends RequestEvent>(
  run: (event: E) => Promise<Response>,
): (event: E) => Promise<Response> {
  return async (event) => {
    try {
      return await run(event);
    } catch (error) {
      if (isRedirect(error)) throw error;
      if (isHttpError(error)) return problemResponse({ status: error.status, title: error.body.message });
      const known = problemOf(error);
      if (known && known.status < 500) return problemResponse(known);
      const id = event.locals.services.report(error, `${event.request.method} ${event.route.id ?? 'unknown'}`);
      if (known) return problemResponse({ ...known, id }, { 'retry-after': '5' });
      return problemResponse({ status: 500, title: 'Something broke on our side.', id });
    }
  };
}
