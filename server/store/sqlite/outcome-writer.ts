import type { DatabaseSync } from 'node:sqlite';
import { type Outcome, READING } from '#core/outcomes/outcomes-of.ts';
import type { FaultPoint } from '../fault.ts';
import { parseNoteId } from '../note-id.ts';
import type { NumberGiven, NumberWanted } from '../outcomes.ts';
import { transaction } from './transaction.ts';

/** The note as numbers see it: its row, and the event whose counter counts. */
interface Place {
  note: number;
  event: string;
  prefix: string;
}

/** Writing side of OutcomeTables; one transaction per call. */
export class OutcomeWriter {
  readonly #db: DatabaseSync;
  readonly #fault: FaultPoint;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync, fault: FaultPoint) {
    this.#db = db;
    this.#fault = fault;
    this.#statements = prepare(db);
  }

  number(noteId: string, wanted: readonly NumberWanted[]): NumberGiven[] | null {
    const place = this.#place(noteId);
    if (place === null) return null;
    const known = wanted.map(({ id }) => this.#known(place.event, id));
    if (known.every((one) => one !== null)) return known;
    const given = transaction(this.#db, () =>
      wanted.map((one) => this.#known(place.event, one.id) ?? { ...this.#give(place, one), noteId }),
    );
    this.#fault('after-numbers');
    return given;
  }

  move(noteId: string, ids: readonly string[]): void {
    const place = this.#place(noteId);
    if (place === null) return;
    transaction(this.#db, () => {
      for (const id of ids) this.#statements.move.run(place.note, place.event, id);
    });
  }

  /** False when a newer reading is kept, or the note went to another epoch meanwhile. */
  keep(noteId: string, seq: number, outcomes: readonly Outcome[]): boolean {
    const key = parseNoteId(noteId);
    const { changes } = this.#statements.keep.run(seq, JSON.stringify(outcomes), key?.uuid ?? '', key?.epoch ?? 0);
    return changes === 1;
  }

  #give({ note, event, prefix }: Place, { id, letter }: NumberWanted): { id: string; short: string } {
    const number = Number(this.#statements.count.get(event)?.['last_number']);
    const short = `${prefix}-${letter}${number}`;
    this.#statements.add.run(event, number, id, short, note);
    return { id, short };
  }

  #place(noteId: string): Place | null {
    const row = this.#statements.place.get(parseNoteId(noteId)?.uuid ?? '');
    return row === undefined ? null : (row as unknown as Place);
  }

  #known(event: string, id: string): NumberGiven | null {
    const row = this.#statements.known.get(event, id);
    return row === undefined ? null : (row as unknown as NumberGiven);
  }
}

function prepare(db: DatabaseSync) {
  return {
    place: db.prepare(`
      SELECT note.id AS note, event.id AS event, prefix
      FROM note JOIN session ON session.note = note.id JOIN event ON event.id = session.event WHERE uuid = ?`),
    known: db.prepare(`
      SELECT outcome.id, short, uuid || '.' || epoch AS noteId
      FROM outcome JOIN note ON note.id = outcome.note WHERE event = ? AND outcome.id = ?`),
    count: db.prepare('UPDATE event SET last_number = last_number + 1 WHERE id = ? RETURNING last_number'),
    add: db.prepare('INSERT INTO outcome (event, number, id, short, note) VALUES (?, ?, ?, ?, ?)'),
    keep: db.prepare(`
      INSERT INTO note_outcomes (note, epoch, seq, outcomes, reading)
      SELECT id, epoch, ?, ?, ${READING} FROM note WHERE uuid = ? AND epoch = ?
      ON CONFLICT (note) DO UPDATE
      SET epoch = excluded.epoch, seq = excluded.seq, outcomes = excluded.outcomes, reading = excluded.reading
      WHERE excluded.epoch > note_outcomes.epoch OR excluded.seq >= note_outcomes.seq`),
    move: db.prepare('UPDATE outcome SET note = ? WHERE event = ? AND id = ?'),
  };
}
