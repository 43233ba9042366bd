/** A worker with a connection that only reads: notes, events and devices. Started by sqlite.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from './sqlite/connection.ts';
import { view } from './sqlite/transaction.ts';
import { deviceReader } from './sqlite/devices.ts';
import { EventReader } from './sqlite/event-reader.ts';
import { OutcomeReader } from './sqlite/outcome-reader.ts';
import { NoteReader, type ReadNote } from './sqlite/read-note.ts';
import { serve } from './sqlite/serve.ts';

export interface ReaderData {
  path: string;
}

/** A note on its way: the tail end to end, as thousands of small buffers would be moved one by one. */
export interface PackedNote extends Omit<ReadNote, 'tail'> {
  tail: Uint8Array;
  lengths: Uint32Array;
}

function open({ path }: ReaderData) {
  const db = openReader(path);
  const notes = new NoteReader(db);
  const events = new EventReader(db);
  const outcomes = new OutcomeReader(db);
  return {
    load: (noteId: string): PackedNote | 'old-epoch' | null => {
      const note = notes.read(noteId);
      return note === null || note === 'old-epoch' ? note : pack(note);
    },
    listEvents: () => events.list(),
    getEvent: (slug: string) => view(db, () => events.bySlug(slug)),
    changes: events.changes.bind(events),
    prefixes: events.prefixes.bind(events),
    ofNote: (noteId: string) => events.ofNote(noteId),
    getDevice: deviceReader(db),
    findOutcome: outcomes.find.bind(outcomes),
    indexedOutcomes: outcomes.indexed.bind(outcomes),
    close: () => {
      db.close();
    },
  };
}
export type ReaderCalls = ReturnType<typeof open>;

function pack(note: ReadNote): PackedNote {
  const lengths = Uint32Array.from(note.tail, (update) => update.length);
  const tail = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let end = 0;
  for (const update of note.tail) {
    tail.set(update, end);
    end += update.length;
  }
  return { ...note, tail, lengths };
}

if (parentPort !== null) serve(parentPort, () => open(workerData as ReaderData));
