import type { DatabaseSync } from 'node:sqlite';
import { parseNoteId } from '../note-id.ts';
import { readVerified, type VerifiedNote } from '../verified.ts';
import { NoteSources } from './note-sources.ts';
import { view } from './transaction.ts';

export interface ReadNote extends VerifiedNote {
  headSeq: number;
  schemaMin: number;
  clients: [clientId: number, actor: string][];
}

/** Reads notes in one consistent view each, every row checked. */
export class NoteReader {
  readonly #db: DatabaseSync;
  readonly #sources: NoteSources;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sources = new NoteSources(db);
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
        ...readVerified(this.#sources.of({ noteId, id, epoch: key.epoch, headSeq })),
        headSeq,
        schemaMin: Number(note['schema_min']),
        clients: this.#statements.clients.all(id, key.epoch) as unknown as [number, string][],
      };
    });
  }
}

function prepare(db: DatabaseSync) {
  const statements = {
    note: db.prepare('SELECT id, epoch, head_seq, schema_min FROM note WHERE uuid = ?'),
    clients: db.prepare(
      'SELECT client, actor.name FROM note_client JOIN actor ON actor.id = note_client.actor WHERE note = ? AND epoch = ? ORDER BY client',
    ),
  };
  statements.clients.setReturnArrays(true);
  return statements;
}
