import { afterEach } from 'vitest';
import type { LoadedNote } from '#server/store/log.ts';
import type { Store } from '#server/store/store.ts';
import { notesOf, sampleEvent, sampleSession } from './store-samples.ts';

/** One place that keeps data: a temporary folder, or an object in memory. */
export interface StoreBed {
  /** Opens a store on this place; called again after a close it finds what was kept. Starts at clock time 1,000,000. */
  open(): Promise<Store>;
  /** Moves the clock that the stores of this place read, milliseconds. */
  pass(ms: number): void;
  /** Flips a byte of a stored row, as a bad disk would. */
  damageRow(noteId: string, seq: number): void;
  /** Loses a stored row. */
  loseRow(noteId: string, seq: number): void;
  /** Damages the number of a stored row. */
  renumberRow(noteId: string, seq: number, to: number): void;
  damageSnapshot(noteId: string, seq: number): void;
  /** Which rows and snapshots are kept, by seq. */
  kept(noteId: string): { rows: number[]; snapshots: number[] };
  remove(): Promise<void>;
}

/** Snapshots kept and for how long, in every store of the contract. */
export const KEEPING = { ms: 1000, snapshots: 3 };

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
