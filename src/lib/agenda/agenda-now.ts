import type { Event, Session } from '#core/event/model.ts';
import { iso } from '#core/event/times.ts';
import type { Here } from '#core/wire/messages.ts';
import { problemOf } from '#lib/http/problem.ts';

/** What of an agenda changes by the minute. */
export interface AgendaNow {
  /** The server's time: all readers see the same talk as the one that runs. */
  now: string;
  /** Of each note by session id: has somebody written in it? `unread` when it cannot be read just now. */
  notes: Record<string, NoteFact>;
  /** Who is in the rooms that are open, by session id. */
  here: Record<string, Here>;
}

export type NoteFact = 'written' | 'empty' | 'unread';

type Services = App.Locals['services'];

/** `now` in milliseconds since the epoch. A note that cannot be read spoils no agenda: it is reported and said. */
export async function agendaNow(services: Services, event: Event, now: number): Promise<AgendaNow> {
  const notes: AgendaNow['notes'] = {};
  const here: AgendaNow['here'] = {};
  // One after the other: an agenda must not open every note at the same moment.
  for (const session of event.sessions) {
    notes[session.id] = await noteFact(services, session);
    const inRoom = services.notes.here(session.noteId);
    if (inRoom.count > 0) here[session.id] = inRoom;
  }
  return { now: iso(now), notes, here };
}

async function noteFact(services: Services, session: Session): Promise<NoteFact> {
  try {
    const reading = await services.notes.read(session.noteId);
    if (!reading) return 'unread';
    return reading.empty ? 'empty' : 'written';
  } catch (error) {
    if (!problemOf(error)) throw error;
    services.report(error, 'read note for the agenda');
    return 'unread';
  }
}
