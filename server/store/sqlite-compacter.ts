/**
 * A worker that makes snapshots and verifies them, and reads the outcomes of notes, with a connection that only reads: rebuilding a document may take a second
 * and much memory, and nobody else should wait for it. Started by sqlite.ts when the first is asked for.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import { compact } from './compact.ts';
import { readOutcomes } from './read-outcomes.ts';
import { openReader } from './sqlite/connection.ts';
import { NoteReader } from './sqlite/read-note.ts';
import { serve } from './sqlite/serve.ts';
import type { ReaderData } from './sqlite-reader.ts';

function open({ path }: ReaderData) {
  const db = openReader(path);
  const notes = new NoteReader(db);
  return {
    /** A verified snapshot of all that is committed; null when there is nothing new or it does not verify. */
    compact: (noteId: string): { seq: number; state: Uint8Array } | null => {
      const note = notes.read(noteId);
      if (note === null || note === 'old-epoch' || note.tail.length === 0) return null;
      const state = compact(note.snapshot, note.tail);
      return state === null ? null : { seq: note.headSeq, state };
    },
    /** The outcomes of all that is committed; null when there is no such note. */
    readOutcomes: (noteId: string): { seq: number; outcomes: Outcome[] } | null => {
      const note = notes.read(noteId);
      if (note === null || note === 'old-epoch') return null;
      return { seq: note.headSeq, outcomes: readOutcomes(note.snapshot, note.tail) };
    },
  };
}
export type CompacterCalls = ReturnType<typeof open>;

if (parentPort !== null) serve(parentPort, () => open(workerData as ReaderData));
