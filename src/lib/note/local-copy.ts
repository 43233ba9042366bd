import * as Y from 'yjs';
import { addRow, allRows, COPY, deleteRows, done, openCopy, UNSENT } from './copy-database.ts';
import type { Clock } from './platform.ts';

/** Origin of updates that come out of this browser's copy. */
export const FROM_COPY = Symbol('from this browser’s copy');

/** What the server has anyway is written at most this often: others' changes, and that own ones were acked. Own changes go in at once. */
const LAZY_EVERY_MS = 1_000;
/** A browser that does not answer for this long must not keep text from the server. */
export const KEEP_PATIENCE_MS = 1_000;
/** Rows after which they are merged into one. */
const COMPACT_AFTER = 400;

/** What this browser does for the text: `kept`: it is on disk here. Otherwise it lives only in this tab until saved. */
export type CopyState = 'opening' | 'kept' | 'missing' | 'full' | 'failed';

/** Own changes that are not on disk here yet: how many, and since when (`clock.elapsed()`) the first of them waits. */
export interface Keeping {
  changes: number;
  since: number;
}

export interface CopyParts {
  noteId: string;
  doc: Y.Doc;
  indexedDB: IDBFactory | null;
  clock: Clock;
  changed(): void;
}

/**
 * The copy of one note in this browser's IndexedDB: all updates, and which own ones the server has not acked. The name holds
 * the noteId and with it the epoch, so another history is another database. Several tabs share it: rows are only ever added,
 * and merged or deleted by a transaction that has read them.
 */
export class LocalCopy {
  readonly #parts: CopyParts;
  #database: IDBDatabase | null = null;
  #state: CopyState = 'opening';
  /** Keys of the unsent rows by number of the change. */
  #unsentKeys: IDBValidKey[] = [];
  #savedUpTo = 0;
  #own: { update: Uint8Array; change: number; kept: () => void }[] = [];
  #keeping: Keeping | null = null;
  #others: Uint8Array[] = [];
  #writing: Promise<void> | null = null;
  /** Something came while a transaction ran. */
  #again = false;
  #cancelLazy: (() => void) | null = null;
  /** A write failed: the next one must carry the whole state, or the copy would have a hole. */
  #hole = false;
  #rows = 0;

  constructor(parts: CopyParts) {
    this.#parts = parts;
  }

  get state(): CopyState {
    return this.#state;
  }

  /** null when all own changes are on disk here, or nothing is kept at all. */
  get keeping(): Keeping | null {
    return this.#keeping;
  }

  /**
   * Reads the copy into the document. `unsent`: changes that no earlier visit saw acked; they count from 1. `writers`: the
   * clientIDs they were made under.
   */
  async load(): Promise<{ empty: boolean; unsent: number; writers: ReadonlySet<number> }> {
    try {
      this.#database = await openCopy(this.#parts.indexedDB, this.#parts.noteId);
      const { updates, lastKey, unsentKeys, writers } = await allRows(this.#database);
      Y.transact(this.#parts.doc, () => updates.forEach((update) => Y.applyUpdate(this.#parts.doc, update)), FROM_COPY);
      this.#unsentKeys = unsentKeys;
      this.#rows = updates.length;
      if (updates.length > 1) await this.#replace(Y.encodeStateAsUpdate(this.#parts.doc), lastKey);
      this.#become('kept');
      return { empty: updates.length === 0, unsent: unsentKeys.length, writers };
    } catch (error) {
      this.#become(this.#parts.indexedDB ? failure(error) : 'missing');
      return { empty: true, unsent: 0, writers: new Set() };
    }
  }

  /**
   * Keeps a change made here. Resolves when it is on disk, or when it is clear that this browser cannot keep it, so that it
   * may be sent: never rejects, in the order of the calls.
   */
  keep(update: Uint8Array, change: number): Promise<void> {
    return new Promise((resolve) => {
      let cancel = (): void => undefined;
      const kept = (): void => {
        cancel();
        resolve();
      };
      if (!this.#database) return kept();
      cancel = this.#parts.clock.after(KEEP_PATIENCE_MS, resolve);
      this.#own.push({ update, change, kept });
      this.#keeping = {
        since: this.#parts.clock.elapsed(),
        ...this.#keeping,
        changes: (this.#keeping?.changes ?? 0) + 1,
      };
      this.#write();
    });
  }

  /** Keeps what came from the server. */
  keepOthers(update: Uint8Array): void {
    if (!this.#database) return;
    this.#others.push(update);
    // The first text from the server goes in at once: a reload a moment later may find no network.
    if (this.#rows === 0) this.#write();
    else this.#writeSoon();
  }

  /** The server has all changes up to this number on disk. */
  saved(upTo: number): void {
    this.#savedUpTo = upTo;
    this.#writeSoon();
  }

  /** Writes what waits now: the page may go at any moment. */
  flush(): void {
    this.#write();
  }

  /** Writes what waits, then lets the database go. */
  async close(): Promise<void> {
    this.#write();
    while (this.#writing) await this.#writing;
    this.#cancelLazy?.();
    this.#database?.close();
    this.#database = null;
  }

  #writeSoon(): void {
    if (!this.#database) return;
    this.#cancelLazy ??= this.#parts.clock.after(LAZY_EVERY_MS, () => this.#write());
  }

  /** One transaction at a time; what comes meanwhile shares the next one. */
  #write(): void {
    this.#cancelLazy?.();
    this.#cancelLazy = null;
    if (this.#writing) {
      this.#again = true;
      return;
    }
    if (!this.#database) return;
    if (this.#own.length + this.#others.length === 0 && !this.#hasSavedRows()) return;
    this.#again = false;
    this.#writing = this.#writeOnce(this.#database).finally(() => {
      this.#writing = null;
      if (this.#again) this.#write();
    });
  }

  async #writeOnce(database: IDBDatabase): Promise<void> {
    const own = this.#own.splice(0);
    const others = this.#others.splice(0);
    try {
      await this.#commit(database, own, others);
      this.#hole = false;
      this.#become('kept');
    } catch (error) {
      this.#hole = true;
      this.#become(failure(error));
    }
    this.#keeping = this.#own.length > 0 ? { changes: this.#own.length, since: this.#parts.clock.elapsed() } : null;
    if (own.length > 0) this.#parts.changed();
    for (const { kept } of own) kept();
    // A merge that fails leaves the rows as they were: nothing is lost, it is tried again after the next write.
    if (this.#rows > COMPACT_AFTER) await this.#merge(database).catch(() => undefined);
  }

  async #commit(
    database: IDBDatabase,
    own: { update: Uint8Array; change: number }[],
    others: Uint8Array[],
  ): Promise<void> {
    const transaction = database.transaction([COPY, UNSENT], 'readwrite');
    const committed = done(transaction);
    const copy = transaction.objectStore(COPY);
    const unsent = transaction.objectStore(UNSENT);
    // An own change may rest on what others wrote just before: both go in together, or neither does.
    const updates = [...others, ...own.map(({ update }) => update)];
    if (this.#hole) addRow(copy, Y.encodeStateAsUpdate(this.#parts.doc));
    else if (updates.length > 0) addRow(copy, Y.mergeUpdates(updates));
    for (const { change } of own) if (change > this.#savedUpTo) this.#rememberKey(unsent, change);
    this.#deleteSaved(unsent);
    await committed;
    this.#rows += updates.length > 0 ? 1 : 0;
  }

  #rememberKey(unsent: IDBObjectStore, change: number): void {
    const request = unsent.add(this.#parts.doc.clientID);
    request.onsuccess = () => (this.#unsentKeys[change - 1] = request.result);
  }

  #hasSavedRows(): boolean {
    return this.#firstUnsent < Math.min(this.#savedUpTo, this.#unsentKeys.length);
  }

  #firstUnsent = 0;

  #deleteSaved(unsent: IDBObjectStore): void {
    const end = Math.min(this.#savedUpTo, this.#unsentKeys.length);
    for (const key of this.#unsentKeys.slice(this.#firstUnsent, end)) if (key !== undefined) unsent.delete(key);
    this.#firstUnsent = end;
  }

  /** Puts one row in the place of all rows up to `lastKey`, which it contains. */
  async #replace(state: Uint8Array, lastKey: IDBValidKey): Promise<void> {
    if (!this.#database) return;
    const transaction = this.#database.transaction(COPY, 'readwrite');
    const committed = done(transaction);
    deleteRows(transaction.objectStore(COPY), lastKey);
    addRow(transaction.objectStore(COPY), state);
    await committed;
    this.#rows = 1;
  }

  /** Merges all rows, other tabs' too, read and written in one transaction. */
  async #merge(database: IDBDatabase): Promise<void> {
    const transaction = database.transaction(COPY, 'readwrite');
    const committed = done(transaction);
    const copy = transaction.objectStore(COPY);
    const request = copy.getAll() as IDBRequest<Uint8Array[]>;
    request.onsuccess = () => {
      copy.clear();
      addRow(copy, Y.mergeUpdates(request.result));
    };
    await committed;
    this.#rows = 1;
  }

  #become(state: CopyState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#parts.changed();
  }
}

function failure(error: unknown): CopyState {
  return error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'failed';
}
