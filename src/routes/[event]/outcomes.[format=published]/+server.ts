import { findEvent } from '#lib/http/find.ts';
import { publishedAnswer } from '#lib/publish/answer.ts';
import { readPublication } from '#lib/publish/read.ts';
import type { RequestHandler } from './$types';

/** The outcomes of an event in one form, chosen as on the board: `?kind=action&state=open`; `columns=` and `names=none` besides. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const event = await findEvent(locals.services, params.event);
  const { publication, asked } = await readPublication(locals.services, event, url);
  return publishedAnswer(params.format, publication, asked, `${event.slug}-outcomes`);
};
