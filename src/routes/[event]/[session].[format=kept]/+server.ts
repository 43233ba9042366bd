import { findSession } from '#lib/http/find.ts';
import { publishedAnswer } from '#lib/publish/answer.ts';
import { readPublication } from '#lib/publish/read.ts';
import type { RequestHandler } from './$types';

/** The outcomes of one session as a table, as tasks or as a mail. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { event, session } = await findSession(locals.services, params.event, params.session);
  const own = new URL(url);
  own.searchParams.set('session', session.slug);
  const { publication, asked } = await readPublication(locals.services, event, own);
  return publishedAnswer(params.format, publication, asked, `${event.slug}-${session.slug}`);
};
