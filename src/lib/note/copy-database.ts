/** The IndexedDB side of the local copy: names, rows, and promises around the events. */

const PREFIX = 'plumbline note ';
/** Yjs v1 updates that together are the note as this browser knows it. */
export const COPY = 'copy';
/** One row for each own change that no tab has seen acked: the clientID it was made under. */
export const UNSENT = 'unsent';

/** Rejects when this browser has no IndexedDB or refuses it. */
export async function openCopy(indexedDB: IDBFactory | null, noteId: string): Promise<IDBDatabase> {
  if (!indexedDB) throw new Error('This browser has no IndexedDB.');
  const request = indexedDB.open(PREFIX + noteId, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(COPY, { autoIncrement: true });
    request.result.createObjectStore(UNSENT, { autoIncrement: true });
  };
  const database = await answer(request);
  // Never stand in the way of a newer version of this page.
  database.onversionchange = () => database.close();
  return database;
}

/** noteIds of all copies whose noteId begins like this; none where the browser cannot list its databases. */
export async function copiesOf(indexedDB: IDBFactory | null, beginning: string): Promise<string[]> {
  const databases = (await indexedDB?.databases?.()) ?? [];
  return databases
    .map(({ name }) => name ?? '')
    .filter((name) => name.startsWith(PREFIX + beginning))
    .map((name) => name.slice(PREFIX.length));
}

/** Deletes the copy of a note; other tabs let it go by themselves. */
export async function deleteCopy(indexedDB: IDBFactory | null, noteId: string): Promise<void> {
  if (indexedDB) await answer(indexedDB.deleteDatabase(PREFIX + noteId));
}

export interface Rows {
  updates: Uint8Array[];
  lastKey: IDBValidKey;
  unsentKeys: IDBValidKey[];
  /** Who made the unsent changes. */
  writers: ReadonlySet<number>;
}

export async function allRows(database: IDBDatabase): Promise<Rows> {
  const transaction = database.transaction([COPY, UNSENT], 'readonly');
  const copy = transaction.objectStore(COPY);
  const unsent = transaction.objectStore(UNSENT);
  const [updates, keys, unsentKeys, writers] = await Promise.all([
    answer(copy.getAll() as IDBRequest<Uint8Array[]>),
    answer(copy.getAllKeys()),
    answer(unsent.getAllKeys()),
    answer(unsent.getAll() as IDBRequest<number[]>),
  ]);
  return { updates, lastKey: keys.at(-1) ?? 0, unsentKeys, writers: new Set(writers) };
}

export function addRow(store: IDBObjectStore, update: Uint8Array): void {
  store.add(update);
}

/** Deletes all rows up to and with this key. */
export function deleteRows(store: IDBObjectStore, lastKey: IDBValidKey): void {
  store.delete(IDBKeyRange.upperBound(lastKey));
}

/** Resolves at the commit; rejects with the reason when the transaction was rolled back. */
export function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The browser rolled the copy back.'));
  });
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
