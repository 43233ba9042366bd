import * as Y from 'yjs';

/**
 * Yjs 13.6 puts text that is brought back for the second time between neighbours in the wrong order (`redoItem`): its right
 * origin lies to the left of its origin. Where such text stands depends on what else was there when it came, so the ends of a
 * run may differ through no fault of ours.
 */
export class UndoFault extends Error {}

/** Undoes the last own change. Throws UndoFault when Yjs made an item that cannot be placed. */
export function undo(doc: Y.Doc, manager: Y.UndoManager): void {
  const before = Y.getState(doc.store, doc.clientID);
  manager.undo();
  for (const struct of doc.store.clients.get(doc.clientID) ?? [])
    if (struct instanceof Y.Item && struct.id.clock + struct.length > before && isMisplaced(doc, struct))
      throw new UndoFault(`item ${struct.id.clock} of ${struct.id.client}`);
}

function isMisplaced(doc: Y.Doc, { origin, rightOrigin, parentSub }: Y.Item): boolean {
  if (!origin || !rightOrigin || parentSub !== null) return false;
  // Both may lie in one item by now; what is collected has no order any more.
  const [left, right]: unknown[] = [Y.getItem(doc.store, origin), Y.getItem(doc.store, rightOrigin)];
  if (left === right) return rightOrigin.clock <= origin.clock;
  if (!(left instanceof Y.Item) || !(right instanceof Y.Item)) return false;
  for (let at = left.right; at; at = at.right) if (at === right) return false;
  return true;
}
