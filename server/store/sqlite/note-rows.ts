import type { DatabaseSync } from 'node:sqlite';
import { checksum } from '../checksum.ts';
import { parseNoteId } from '../note-id.ts';

/** A note as its writer knows it. */
export interface NoteHead {
  id: number;
  epoch: number;
  headSeq: number;
}

/**
 * Statements that write the log, and what the one writer may remember between them because nobody else writes. Call
 * `forget` after a rollback: what was remembered may never have happened.
 */
export class NoteRows {
  readonly #statements: ReturnType<typeof prepare>;
  /** By noteId. */
  readonly #heads = new Map<string, NoteHead>();
  readonly #actors = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#statements = prepare(db);
  }

  /** null when there is no such note or it lives on under another epoch. */
  find(noteId: string): NoteHead | null {
    const known = this.#heads.get(noteId);
    if (known !== undefined) return known;
    const key = parseNoteId(noteId);
    const row = key === null ? undefined : this.#statements.find.get(key.uuid);
    if (key === null || row === undefined || row['epoch'] !== key.epoch) return null;
    const head = { id: Number(row['id']), epoch: key.epoch, headSeq: Number(row['head_seq']) };
    this.#heads.set(noteId, head);
    return head;
  }

  /** Makes the note without rows. */
  create(noteId: string, schemaMin: number): NoteHead {
    const key = parseNoteId(noteId);
    if (key === null) throw new Error(`${noteId} is no noteId (<uuid>.<epoch>).`);
    const { lastInsertRowid } = this.#statements.create.run(key.uuid, key.epoch, schemaMin);
    return { id: Number(lastInsertRowid), epoch: key.epoch, headSeq: 0 };
  }

  /** Adds one row after the last; `saveHead` must follow in the same transaction. */
  add(note: NoteHead, actor: string, payload: Uint8Array, at: number): void {
    note.headSeq++;
    this.#statements.add.run(note.id, note.epoch, note.headSeq, at, this.#actor(actor), payload, checksum(payload));
  }

  saveHead(note: NoteHead): void {
    const { changes } = this.#statements.saveHead.run(note.headSeq, note.id, note.epoch);
    if (changes !== 1) throw new Error(`Note ${note.id} changed its epoch beside its writer.`);
  }

  /** False when a clientID belongs to somebody else; then none is bound. */
  bind(note: NoteHead, binds: readonly [clientId: number, actor: string][]): boolean {
    for (const [clientId, actor] of binds) {
      const owner = this.#statements.owner.get(note.id, note.epoch, clientId)?.['name'];
      if (owner !== undefined && owner !== actor) return false;
    }
    for (const [clientId, actor] of binds) this.#statements.bind.run(note.id, note.epoch, clientId, this.#actor(actor));
    return true;
  }

  forget(): void {
    this.#heads.clear();
    this.#actors.clear();
  }

  #actor(name: string): number {
    const known = this.#actors.get(name);
    if (known !== undefined) return known;
    const row = this.#statements.actor.get(name);
    const id = Number(row === undefined ? this.#statements.addActor.run(name).lastInsertRowid : row['id']);
    this.#actors.set(name, id);
    return id;
  }
}

function prepare(db: DatabaseSync) {
  return {
    find: db.prepare('SELECT id, epoch, head_seq FROM note WHERE uuid = ?'),
    create: db.prepare('INSERT INTO note (uuid, epoch, schema_min) VALUES (?, ?, ?)'),
    add: db.prepare(
      'INSERT INTO note_update (note, epoch, seq, at, actor, payload, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    saveHead: db.prepare('UPDATE note SET head_seq = ? WHERE id = ? AND epoch = ?'),
    owner: db.prepare(
      'SELECT actor.name FROM note_client JOIN actor ON actor.id = note_client.actor WHERE note = ? AND epoch = ? AND client = ?',
    ),
    bind: db.prepare('INSERT INTO note_client (note, epoch, client, actor) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'),
    actor: db.prepare('SELECT id FROM actor WHERE name = ?'),
    addActor: db.prepare('INSERT INTO actor (name) VALUES (?)'),
  };
}
