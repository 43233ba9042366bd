import { afterEach } from 'vitest';
import type { LoadedNote } from '#server/store/log.ts';
import type { Store } from '#server/store/store.ts';
import { notesOf, sampleEvent, sampleSession } from './store-samples.ts';
import type { StoreBed } from './store.ts';

/** Opens stores for the tests of one `describe` and takes everything away after each. */
export function beds(makeBed: () => StoreBed): { open(): Promise<{ bed: StoreBed; store: Store }> } {
  const opened: { bed: StoreBed; store: Store }[] = [];
  afterEach(async () => {
    for (const { bed, store } of opened.splice(0)) {
      await store.close();
      await bed.remove();
    }
  });
  return {
    async open() {
      const bed = makeBed();
      const store = await bed.open();
      opened.push({ bed, store });
      return { bed, store };
    },
  };
}

/** An event with `count` sessions; their noteIds. */
export async function withNotes(store: Store, count: number): Promise<string[]> {
  const sessions = Array.from({ length: count }, (_, n) => sampleSession(n));
  await store.events.save(sampleEvent(sessions), notesOf(sessions));
  return sessions.map((session) => session.noteId);
}

/** The one note of an event with one session. */
export async function withNote(store: Store): Promise<string> {
  const [noteId] = await withNotes(store, 1);
  if (noteId === undefined) throw new Error('no note');
  return noteId;
}

/** Loads a note that must be there. */
export async function loaded(store: Store, noteId: string): Promise<LoadedNote> {
  const note = await store.log.load(noteId);
  if (note === null || note === 'old-epoch') throw new Error(`${noteId} did not load: ${String(note)}`);
  return note;
}
