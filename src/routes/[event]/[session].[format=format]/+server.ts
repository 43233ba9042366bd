import { error } from '@sveltejs/kit';
import { topicTitles } from '#core/event/agenda.ts';
import { withoutNames } from '#core/publish/names/hide-event.ts';
import { renderSession } from '#core/render/session.ts';
import { findSession } from '#lib/http/find.ts';
import { noteState, textResponse } from '#lib/http/text-form.ts';
import type { RequestHandler } from './$types';

/** The session and its committed note as `.md`, `.txt`, `.html` or `.json`, without the names of those who asked for that. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const found = await findSession(locals.services, params.event, params.session);
  const read = await noteState(locals.services, found.session);
  if (!read) error(404, 'This session has no note.');
  const { event, notes } = withoutNames({ event: found.event, notes: new Map([[found.session.id, read]]) }, 'asked');
  const session = event.sessions.find(({ id }) => id === found.session.id) ?? found.session;
  const state = notes.get(session.id) ?? read;
  const topics = topicTitles(event, session).map((path) => path.join(' > '));
  return textResponse(renderSession(params.format, { event, session, origin: url.origin, topics, ...state }));
};
