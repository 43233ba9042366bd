import type { NoteJson } from '#core/note/json.ts';
import { readNote } from '#core/note/read.ts';
import { isTemplate, templateNote } from '#core/note/template.ts';
import type { NoteReading, NoteService } from './context.ts';
import type { Rooms } from './sync/rooms.ts';

/** Readings kept: the notes of one day of a conference. Each is rebuilt when its note has a newer row. */
const KEPT = 200;

/** Notes as pages and text forms read them: the committed text, made once per change however many ask. */
export function createNotes(rooms: Pick<Rooms, 'view' | 'knownSeq' | 'here'>): NoteService {
  const kept = new Map<string, NoteReading>();
  const template = templateNote();

  function keep(noteId: string, reading: NoteReading): NoteReading {
    kept.delete(noteId);
    kept.set(noteId, reading);
    const oldest = kept.keys().next();
    if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
    return reading;
  }

  return {
    async read(noteId) {
      const known = kept.get(noteId);
      if (known && known.seq === rooms.knownSeq(noteId)) return keep(noteId, known);
      const reading = await rooms.view(noteId, (state, seq) => readingOf(readNote(state.doc), template, seq));
      return reading && keep(noteId, reading);
    },
    here: (noteId) => rooms.here(noteId),
  };
}

function readingOf(note: NoteJson, template: NoteJson, seq: number): NoteReading {
  return { note, empty: isTemplate(note, template), seq };
}
