import type { Event } from '#core/event/model.ts';
import { problemOf } from '#lib/http/problem.ts';
import type { EventPage } from './kept-page.ts';

type Services = Pick<App.Locals['services'], 'notes' | 'report'>;

/** The agenda and the rooms of an event. A room whose note cannot be read just now has no version: what is kept of it stays. */
export async function eventPages(services: Services, event: Event): Promise<EventPage[]> {
  const rooms: EventPage[] = [];
  // One after the other: this must not open every note at the same moment.
  for (const session of event.sessions) {
    const seq = await newestRow(services, session.noteId);
    const version = seq === null ? null : await versionOf([event.title, session, seq]);
    rooms.push({ path: `/${event.slug}/${session.slug}`, version });
  }
  return [{ path: `/${event.slug}`, version: await versionOf([event, rooms]) }, ...rooms];
}

async function newestRow({ notes, report }: Services, noteId: string): Promise<number | null> {
  try {
    return (await notes.read(noteId))?.seq ?? null;
  } catch (error) {
    if (!problemOf(error)) throw error;
    report(error, 'read note for the pages of an event');
    return null;
  }
}

async function versionOf(facts: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(facts));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
