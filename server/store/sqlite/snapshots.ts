import type { DatabaseSync } from 'node:sqlite';
import { checksum, matches } from '../checksum.ts';
import type { FaultPoint } from '../fault.ts';
import { type KeptSnapshot, type Keeping, pruneBelow } from '../keeping.ts';
import { transaction } from './transaction.ts';
import type { NoteHead, NoteRows } from './note-rows.ts';

/** The writer's side of snapshots: storing a verified one, and deleting what newer ones replace. */
export class Snapshots {
  readonly #db: DatabaseSync;
  readonly #rows: NoteRows;
  readonly #fault: FaultPoint;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync, rows: NoteRows, fault: FaultPoint) {
    this.#db = db;
    this.#rows = rows;
    this.#fault = fault;
    this.#statements = prepare(db);
  }

  /** False when the note went to another epoch while its snapshot was made. */
  insert(noteId: string, seq: number, state: Uint8Array, at: number): boolean {
    return transaction(this.#db, () => {
      const note = this.#rows.find(noteId);
      if (note === null || seq > note.headSeq) return false;
      this.#statements.insert.run(note.id, note.epoch, seq, at, state, checksum(state));
      this.#fault('mid-snapshot');
      return true;
    });
  }

  /** How many rows and snapshots went. */
  prune(noteId: string, keeping: Keeping, now: number): number {
    return transaction(this.#db, () => {
      const note = this.#rows.find(noteId);
      const below = note === null ? null : pruneBelow(this.#kept(note), keeping, now);
      if (note === null || below === null) return 0;
      this.#fault('before-prune');
      const snapshots = this.#statements.dropSnapshots.run(note.id, note.epoch, below).changes;
      const rows = this.#statements.dropRows.run(note.id, note.epoch, below, now - keeping.ms).changes;
      return Number(snapshots) + Number(rows);
    });
  }

  /** Read again from the disk: a snapshot that was good when it was made may not be now. */
  #kept({ id, epoch }: NoteHead): KeptSnapshot[] {
    return this.#statements.all.all(id, epoch).map((row) => {
      const { seq, at, state, sha256 } = row as unknown as {
        seq: number;
        at: number;
        state: Uint8Array;
        sha256: Uint8Array;
      };
      return { seq, at, good: matches(state, sha256) };
    });
  }
}

function prepare(db: DatabaseSync) {
  return {
    // A snapshot of the same seq holds the same; writing over it mends one whose bytes went bad.
    insert: db.prepare(`
      INSERT INTO note_snapshot (note, epoch, seq, at, state, sha256) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (note, epoch, seq) DO UPDATE SET at = excluded.at, state = excluded.state, sha256 = excluded.sha256
    `),
    all: db.prepare('SELECT seq, at, state, sha256 FROM note_snapshot WHERE note = ? AND epoch = ? ORDER BY seq DESC'),
    dropSnapshots: db.prepare('DELETE FROM note_snapshot WHERE note = ? AND epoch = ? AND seq < ?'),
    // Row 1 is the template, kept for ever: what "no notes" is measured against.
    dropRows: db.prepare('DELETE FROM note_update WHERE note = ? AND epoch = ? AND seq > 1 AND seq <= ? AND at <= ?'),
  };
}
