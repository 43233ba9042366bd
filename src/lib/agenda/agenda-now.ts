import type { Event } from '#core/event/model.ts';
import { iso } from '#core/event/times.ts';
import type { Here } from '#core/wire/messages.ts';

/** What of an agenda changes by the minute. */
export interface AgendaNow {
  /** The server's time: all readers see the same talk as the one that runs. */
  now: string;
  /** Ids of the sessions whose note somebody has written in. */
  written: string[];
  /** Who is in the rooms that are open, by session id. */
  here: Record<string, Here>;
}

/** `now` in milliseconds since the epoch. */
export async function agendaNow(notes: App.Locals['services']['notes'], event: Event, now: number): Promise<AgendaNow> {
  const written: string[] = [];
  const here: AgendaNow['here'] = {};
  // One after the other: an agenda must not open every note at the same moment.
  for (const { id, noteId } of event.sessions) {
    const reading = await notes.read(noteId);
    if (reading && !reading.empty) written.push(id);
    const inRoom = notes.here(noteId);
    if (inRoom.count > 0) here[id] = inRoom;
  }
  return { now: iso(now), written, here };
}
