import type { DatabaseSync } from 'node:sqlite';
import type { NoteSource, Sealed } from '../verified.ts';

/** A note as its row says it. */
export interface NoteHead {
  noteId: string;
  id: number;
  epoch: number;
  headSeq: number;
}

/** The bytes of notes, as they lie in the database. Whoever reads them holds one view of it. */
export class NoteSources {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#statements = prepare(db);
  }

  of({ noteId, id, epoch, headSeq }: NoteHead): NoteSource {
    const { snapshots, rows } = this.#statements;
    return {
      noteId,
      headSeq,
      snapshots: () => sealed(snapshots.iterate(id, epoch)),
      rows: (after) => sealed(rows.iterate(id, epoch, after)),
    };
  }
}

function* sealed(rows: Iterable<unknown>): Generator<Sealed> {
  for (const row of rows) {
    const [seq, bytes, sha256] = row as [number, Uint8Array, Uint8Array];
    yield { seq, bytes, sha256 };
  }
}

function prepare(db: DatabaseSync) {
  const statements = {
    // The checksum is of the state alone. Its place is kept twice, in the index and in the table: where they differ, one of
    // them is damaged, and rows would be left out or the snapshot would be another note's. Then it counts as damaged.
    snapshots: db.prepare(`
      SELECT place.seq, kept.state, CASE WHEN (kept.note, kept.epoch, kept.seq) = (place.note, place.epoch, place.seq)
        THEN kept.sha256 ELSE zeroblob(32) END
      FROM note_snapshot AS place INDEXED BY sqlite_autoindex_note_snapshot_1 JOIN note_snapshot AS kept ON kept.rowid = place.rowid
      WHERE place.note = ? AND place.epoch = ? ORDER BY place.seq DESC`),
    rows: db.prepare(
      'SELECT seq, payload, sha256 FROM note_update WHERE note = ? AND epoch = ? AND seq > ? ORDER BY seq',
    ),
  };
  statements.snapshots.setReturnArrays(true);
  statements.rows.setReturnArrays(true);
  return statements;
}
