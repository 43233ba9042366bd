import { withoutNames } from '#core/publish/names/hide-event.ts';
import type { NoteState } from '#core/render/session.ts';
import { renderEvent } from '#core/render/session.ts';
import { findEvent } from '#lib/http/find.ts';
import { noteState, textResponse } from '#lib/http/text-form.ts';
import type { RequestHandler } from './$types';

/** The agenda and every session with its committed note as `.md`, `.txt`, `.html` or `.json`, without the names of those who asked for that. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const event = await findEvent(locals.services, params.event);
  const notes = new Map<string, NoteState>();
  // One after the other: a reader of the whole event must not load every note at the same moment.
  for (const session of event.sessions) {
    const state = await noteState(locals.services, session);
    if (state) notes.set(session.id, state);
  }
  return textResponse(renderEvent(params.format, { ...withoutNames({ event, notes }, 'asked'), origin: url.origin }));
};
