import { error } from '@sveltejs/kit';
import { topicTitles } from '#core/event/agenda.ts';
import { renderSession } from '#core/render/session.ts';
import { findSession } from '#lib/http/find.ts';
import { noteState, textResponse } from '#lib/http/text-form.ts';
import type { RequestHandler } from './$types';

/** The session and its committed note as `.md`, `.txt`, `.html` or `.json`. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { event, session } = await findSession(locals.services, params.event, params.session);
  const state = await noteState(locals.services, session);
  if (!state) error(404, 'This session has no note.');
  const topics = topicTitles(event, session).map((path) => path.join(' > '));
  return textResponse(renderSession(params.format, { event, session, origin: url.origin, topics, ...state }));
};
