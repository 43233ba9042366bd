import { applyExactly } from '#core/note/apply.ts';
import * as Y from 'yjs';

/**
 * One update that holds what `snapshot` and `tail` hold, without what gc may drop. It is loaded into a second document and
 * compared (state vector, delete set, content) before it counts; null when anything differs or a struct is missing.
 */
export function compact(snapshot: Uint8Array | null, tail: readonly Uint8Array[]): Uint8Array | null {
  const whole = load(snapshot === null ? tail : [snapshot, ...tail]);
  if (whole === null) return null;
  const state = Y.encodeStateAsUpdate(whole);
  const copy = load([state]);
  const equal = copy !== null && sameDocument(whole, copy);
  whole.destroy();
  copy?.destroy();
  return equal ? state : null;
}

/** null when an update is malformed or leaves structs or deletions waiting for others. */
function load(updates: readonly Uint8Array[]): Y.Doc | null {
  const doc = new Y.Doc({ gc: true });
  try {
    applyExactly(doc, updates);
  } catch {
    return null;
  }
  return doc.store.pendingStructs === null && doc.store.pendingDs === null ? doc : null;
}

function sameDocument(a: Y.Doc, b: Y.Doc): boolean {
  return Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) && text(a) === text(b);
}

/** A hostile peer may have put something into the note that cannot be printed; that must not stop its compaction. */
function text(doc: Y.Doc): string {
  try {
    return doc.getXmlFragment('note').toString();
  } catch (error) {
    return String(error);
  }
}
