import type { DatabaseSync } from 'node:sqlite';
import { parseNoteId } from '../note-id.ts';
import { type NoteSource, readVerified, type Sealed, type VerifiedNote } from '../verified.ts';
import { view } from './transaction.ts';

export interface ReadNote extends VerifiedNote {
  headSeq: number;
  schemaMin: number;
  clients: [clientId: number, actor: string][];
}

/** Reads notes in one consistent view each, every row checked. */
export class NoteReader {
  readonly #db: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#statements = prepare(db);
  }

  /** As UpdateLog.load. */
  read(noteId: string): ReadNote | 'old-epoch' | null {
    const key = parseNoteId(noteId);
    if (key === null) return null;
    return view(this.#db, () => {
      const note = this.#statements.note.get(key.uuid);
      if (note === undefined) return null;
      if (note['epoch'] !== key.epoch) return 'old-epoch';
      const id = Number(note['id']);
      const headSeq = Number(note['head_seq']);
      return {
        ...readVerified(this.#source(noteId, id, key.epoch, headSeq)),
        headSeq,
        schemaMin: Number(note['schema_min']),
        clients: this.#statements.clients.all(id, key.epoch) as unknown as [number, string][],
      };
    });
  }

  #source(noteId: string, id: number, epoch: number, headSeq: number): NoteSource {
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
    note: db.prepare('SELECT id, epoch, head_seq, schema_min FROM note WHERE uuid = ?'),
    clients: db.prepare(
      'SELECT client, actor.name FROM note_client JOIN actor ON actor.id = note_client.actor WHERE note = ? AND epoch = ? ORDER BY client',
    ),
    snapshots: db.prepare(
      'SELECT seq, state, sha256 FROM note_snapshot WHERE note = ? AND epoch = ? ORDER BY seq DESC',
    ),
    rows: db.prepare(
      'SELECT seq, payload, sha256 FROM note_update WHERE note = ? AND epoch = ? AND seq > ? ORDER BY seq',
    ),
  };
  statements.clients.setReturnArrays(true);
  statements.snapshots.setReturnArrays(true);
  statements.rows.setReturnArrays(true);
  return statements;
}
