import { problemResponse } from '#lib/http/problem.ts';
import type { RequestHandler } from './$types';

/** Every address under /api that is not one of ours. */
export const fallback: RequestHandler = ({ url }) =>
  problemResponse({ status: 404, title: `There is nothing at ${url.pathname}.` });
