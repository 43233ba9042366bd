import type { DatabaseSync } from 'node:sqlite';
import type { FaultPoint } from '../fault.ts';
import { type Append, StoreError } from '../log.ts';
import { inStoreWords, toWire, type WireError } from './errors.ts';
import { type Group, unpackGroup } from './group.ts';
import type { NoteRows } from './note-rows.ts';

/** What became of one append: seq of its last row, or refused, or why it alone failed. */
export type GroupOutcome = number | typeof REFUSED | WireError;
export const REFUSED = -1;

/**
 * Commits a group in one transaction. A failing append leaves the others of its group alone; when the disk or the commit
 * fails, nothing of the group is written and this throws.
 */
export class Appender {
  readonly #db: DatabaseSync;
  readonly #rows: NoteRows;
  readonly #fault: FaultPoint;
  readonly #begin;
  readonly #commit;

  constructor(db: DatabaseSync, rows: NoteRows, fault: FaultPoint) {
    this.#db = db;
    this.#rows = rows;
    this.#fault = fault;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
  }

  append(group: Group): GroupOutcome[] {
    const appends = unpackGroup(group);
    try {
      return this.#together(appends, (append) => this.#one(append, group.at));
    } catch (error) {
      if (hitsAll(error)) throw error;
    }
    // Savepoints cost two statements per append, so they are taken only when an append is known to fail.
    return this.#together(appends, (append) => this.#guarded(append, group.at));
  }

  #together(appends: readonly Append[], write: (append: Append) => GroupOutcome): GroupOutcome[] {
    this.#begin.run();
    try {
      const outcomes = appends.map(write);
      this.#fault('before-commit');
      this.#commit.run();
      this.#fault('after-commit-before-ack');
      return outcomes;
    } catch (error) {
      this.#rows.forget();
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #one({ noteId, updates, binds }: Append, at: number): GroupOutcome {
    const note = this.#rows.find(noteId);
    if (note === null) return REFUSED;
    if (binds.length > 0 && !this.#rows.bind(note, binds)) return REFUSED;
    if (updates.length === 0) return note.headSeq;
    for (const { actor, payload } of updates) this.#rows.add(note, actor, payload, at);
    this.#rows.saveHead(note);
    return note.headSeq;
  }

  #guarded(append: Append, at: number): GroupOutcome {
    this.#db.exec('SAVEPOINT one');
    try {
      const outcome = this.#one(append, at);
      this.#db.exec('RELEASE one');
      return outcome;
    } catch (error) {
      this.#rows.forget();
      if (hitsAll(error) || !this.#db.isTransaction) throw error;
      this.#db.exec('ROLLBACK TO one; RELEASE one');
      return toWire(error);
    }
  }
}

/** A full, broken or held disk is no matter of one note. */
function hitsAll(error: unknown): boolean {
  const words = inStoreWords(error);
  return words instanceof StoreError && words.kind !== 'corrupt';
}
