import { error } from '@sveltejs/kit';
import type { Event, Session } from '#core/event/model.ts';
import { type Publication, publication } from '#core/publish/publication.ts';
import type { NoteState } from '#core/render/session.ts';
import { problemOf } from '#lib/http/problem.ts';
import { noteState } from '#lib/http/text-form.ts';
import { type Asked, asked } from './asked.ts';

type Services = App.Locals['services'];

/** What an address asks for, of the committed notes. Throws 400 for what cannot be asked. */
export async function readPublication(
  services: Services,
  event: Event,
  url: URL,
): Promise<{ publication: Publication; asked: Asked }> {
  const wanted = asked(url.searchParams, event);
  const [refused] = wanted.refused;
  if (refused) error(400, refused.message);
  return { publication: await publicationOf(services, event, url.origin, wanted), asked: wanted };
}

export async function publicationOf(
  services: Services,
  event: Event,
  origin: string,
  { choice, unnamed }: Asked,
): Promise<Publication> {
  const notes = new Map<string, NoteState>();
  // One after the other: a reader of the whole event must not load every note at the same moment.
  for (const session of event.sessions) {
    const state = choice.session(session) ? await stateOf(services, session) : null;
    if (state) notes.set(session.id, state);
  }
  return publication({ event, notes, origin, choice, unnamed });
}

/** What goes out is whole or not at all: a note that cannot be read is named, and the others can be chosen without it. */
async function stateOf(services: Services, session: Session): Promise<NoteState | null> {
  try {
    return await noteState(services, session);
  } catch (thrown) {
    if (problemOf(thrown)?.status !== 503) throw thrown;
    const message = `The note of "${session.title}" cannot be read now. Choose other sessions, or try again later.`;
    error(503, { message, id: services.report(thrown, 'publish') });
  }
}
