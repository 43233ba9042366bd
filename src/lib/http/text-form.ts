import type { Session } from '#core/event/model.ts';
import { TEXT_PAGE_CSP } from '#core/render/page.ts';
import type { NoteState, Rendered } from '#core/render/session.ts';

/** The committed note of a session as the renderers take it; null when the log does not have it. */
export async function noteState(services: App.Locals['services'], session: Session): Promise<NoteState | null> {
  const reading = await services.notes.read(session.noteId);
  return reading && { note: reading.note, empty: reading.empty, revision: reading.seq };
}

export function textResponse({ body, contentType }: Rendered): Response {
  const headers = new Headers({ 'content-type': contentType });
  if (contentType.startsWith('text/html')) headers.set('content-security-policy', TEXT_PAGE_CSP);
  return new Response(body, { headers });
}
