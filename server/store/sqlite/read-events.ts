import type { NoteState } from '#core/render/session.ts';
import { applyExactly } from '#core/note/apply.ts';
import { readNote } from '#core/note/read.ts';
import { isTemplate, templateNote } from '#core/note/template.ts';
import * as Y from 'yjs';
import type { EventRecord } from '../tables.ts';
import { openReader } from './connection.ts';
import { inStoreWords } from './errors.ts';
import { EventReader } from './event-reader.ts';
import { NoteReader } from './read-note.ts';
import { view } from './transaction.ts';

export interface ReadEvent {
  event: EventRecord;
  /** By session id. */
  notes: Map<string, NoteState>;
  /** Notes that cannot be read any more. */
  damaged: { session: string; what: string }[];
}

/**
 * Events with their notes as they are committed, one after the other; writes nothing and waits for nobody, also beside a running server.
 *
 * @param slug of one event; null for all
 */
export function* readEvents(path: string, slug: string | null): Generator<ReadEvent> {
  const db = openReader(path);
  try {
    const events = new EventReader(db);
    const notes = new NoteReader(db);
    for (const one of slug === null ? events.list().map((event) => event.slug) : [slug]) {
      const event = view(db, () => events.bySlug(one));
      if (event !== null) yield withNotes(event, notes);
    }
  } finally {
    db.close();
  }
}

function withNotes(event: EventRecord, reader: NoteReader): ReadEvent {
  const read: ReadEvent = { event, notes: new Map(), damaged: [] };
  for (const { id, slug, noteId } of event.sessions) {
    try {
      const note = stateOf(reader, noteId);
      if (note !== null) read.notes.set(id, note);
    } catch (error) {
      const said = inStoreWords(error);
      if (!(said instanceof Error) || !('kind' in said) || said.kind !== 'corrupt') throw error;
      read.damaged.push({ session: slug, what: said.message });
    }
  }
  return read;
}

function stateOf(reader: NoteReader, noteId: string): NoteState | null {
  const note = reader.read(noteId);
  if (note === null || note === 'old-epoch') return null;
  const doc = new Y.Doc({ gc: true });
  applyExactly(doc, note.snapshot === null ? note.tail : [note.snapshot, ...note.tail]);
  const json = readNote(doc);
  doc.destroy();
  return { note: json, empty: isTemplate(json, templateNote()), revision: note.headSeq };
}
