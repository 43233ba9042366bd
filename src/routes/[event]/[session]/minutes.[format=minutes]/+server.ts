import { minutes } from '#core/publish/minutes.ts';
import { TEXT_PAGE_CSP } from '#core/render/page.ts';
import { findSession } from '#lib/http/find.ts';
import { readPublication } from '#lib/publish/read.ts';
import type { RequestHandler } from './$types';

const TYPES = { md: 'text/markdown; charset=utf-8', html: 'text/html; charset=utf-8' };

/** The note of a session, ready to be put into the minutes of its page elsewhere. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { event, session } = await findSession(locals.services, params.event, params.session);
  const own = new URL(url.origin);
  own.searchParams.set('session', session.slug);
  own.searchParams.set('names', url.searchParams.get('names') ?? '');
  const { publication } = await readPublication(locals.services, event, own);
  const [published] = publication.sessions;
  // A session that another took over and nobody wrote in has no place of its own.
  const body = published ? minutes(publication, published, params.format) : 'No notes.\n';
  const headers = { 'content-type': TYPES[params.format], 'content-security-policy': TEXT_PAGE_CSP };
  return new Response(body, { headers });
};
