import type { DatabaseSync } from 'node:sqlite';
import { READING } from '#core/outcomes/outcomes-of.ts';
import type { IndexedNote, OutcomePlace } from '../outcomes.ts';

/** Reading side of OutcomeTables. */
export class OutcomeReader {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#statements = prepare(db);
  }

  find(short: string): OutcomePlace | null {
    return (this.#statements.find.get(short) as unknown as OutcomePlace | undefined) ?? null;
  }

  indexed(eventSlug: string): IndexedNote[] {
    return this.#statements.indexed.all(eventSlug).map((row) => {
      const { outcomes, ...note } = row;
      return { ...note, outcomes: JSON.parse(String(outcomes)) as unknown } as unknown as IndexedNote;
    });
  }
}

function prepare(db: DatabaseSync) {
  return {
    find: db.prepare(`
      SELECT event.slug AS eventSlug, session.slug AS sessionSlug, short
      FROM outcome JOIN session ON session.note = outcome.note JOIN event ON event.id = outcome.event WHERE short = ?`),
    // What was read in another epoch is of another history. What was read in another way counts as not read, and is given all
    // the same: of a note that was damaged since, nothing newer is to be had.
    indexed: db.prepare(`
      SELECT uuid || '.' || note.epoch AS noteId, head_seq AS headSeq, iif(reading = ${READING}, seq, 0) AS seq,
        coalesce(outcomes, '[]') AS outcomes
      FROM note JOIN session ON session.note = note.id JOIN event ON event.id = session.event
        LEFT JOIN note_outcomes AS kept ON kept.note = note.id AND kept.epoch = note.epoch
      WHERE event.slug = ?`),
  };
}
