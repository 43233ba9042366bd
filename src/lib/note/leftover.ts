import * as Y from 'yjs';
import { allRows, copiesOf, deleteCopy, openCopy } from './copy-database.ts';
import { covers } from './covers.ts';

/** What this browser still holds of an earlier epoch of a note, and the server does not. */
export interface Leftover {
  noteId: string;
  /** Changes made here that no server took; 0 when one took them all, and was put back to an earlier state since. */
  changes: number;
  doc: Y.Doc;
}

/**
 * CL6: text of other epochs of this note that the server does not have. It is never merged, which would show everything twice, and
 * never dropped by itself. `now` is the note as the server has it, null while it did not say: then only what was never sent counts.
 * Copies with nothing that `now` lacks are deleted on the way. Empty where the browser cannot list its databases.
 */
export async function findLeftovers(
  indexedDB: IDBFactory | null,
  noteId: string,
  now: Y.Doc | null,
): Promise<Leftover[]> {
  const found: Leftover[] = [];
  try {
    for (const other of await copiesOf(indexedDB, historyOf(noteId))) {
      if (other === noteId) continue;
      const copy = await read(indexedDB, other);
      if (copy.changes > 0 || (now && !covers(now, Y.encodeStateVector(copy.doc)))) found.push(copy);
      else if (now) await deleteCopy(indexedDB, other);
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

async function read(indexedDB: IDBFactory | null, noteId: string): Promise<Leftover> {
  const database = await openCopy(indexedDB, noteId);
  try {
    const { updates, unsentKeys } = await allRows(database);
    const doc = new Y.Doc();
    for (const update of updates) Y.applyUpdate(doc, update);
    return { noteId, changes: unsentKeys.length, doc };
  } finally {
    database.close();
  }
}
