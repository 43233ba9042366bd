import * as Y from 'yjs';
import { allRows, copiesOf, deleteCopy, openCopy } from './copy-database.ts';

/** What this browser still holds of an earlier history of a note, written here and never taken by the server. */
export interface Leftover {
  noteId: string;
  changes: number;
  doc: Y.Doc;
}

/**
 * CL6: unsent text of other epochs of this note. It is never merged, which would show everything twice, and never dropped by
 * itself. Copies that hold nothing unsent are deleted on the way. Empty where the browser cannot list its databases.
 */
export async function findLeftovers(indexedDB: IDBFactory | null, noteId: string): Promise<Leftover[]> {
  const found: Leftover[] = [];
  try {
    for (const other of await copiesOf(indexedDB, historyOf(noteId))) {
      if (other === noteId) continue;
      const leftover = await read(indexedDB, other);
      if (leftover) found.push(leftover);
      else await deleteCopy(indexedDB, other);
    }
  } catch {
    // A browser that hides or loses its databases has nothing to offer; the note itself must open all the same.
  }
  return found;
}

/** `<uuid>.` of `<uuid>.<epoch>`. */
function historyOf(noteId: string): string {
  return noteId.slice(0, noteId.lastIndexOf('.') + 1);
}

async function read(indexedDB: IDBFactory | null, noteId: string): Promise<Leftover | null> {
  const database = await openCopy(indexedDB, noteId);
  try {
    const { updates, unsentKeys } = await allRows(database);
    if (unsentKeys.length === 0) return null;
    const doc = new Y.Doc();
    for (const update of updates) Y.applyUpdate(doc, update);
    return { noteId, changes: unsentKeys.length, doc };
  } finally {
    database.close();
  }
}
