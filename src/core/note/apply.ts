import * as Y from 'yjs';

/**
 * Applies updates so that the document holds exactly what they say. After remote changes Yjs cleans up formatting: it deletes
 * marks it takes for redundant, and which ones depends on how the updates were cut. A browser sends what it cleaned up. A
 * server that did so would hold deletions nobody made, take the browsers' for old news, and differ from its own log. Yjs
 * leaves local transactions alone, and `applyUpdate` makes the transaction remote, so it is made local again before it ends.
 */
export function applyExactly(doc: Y.Doc, updates: readonly Uint8Array[], origin: unknown = null): void {
  doc.transact((transaction) => {
    for (const update of updates) Y.applyUpdate(doc, update, origin);
    transaction.local = true;
  }, origin);
}
