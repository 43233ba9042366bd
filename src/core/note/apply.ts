import * as Y from 'yjs';

/**
 * Applies updates so that the document holds exactly what they say. A plain `Y.applyUpdate` is followed by Yjs's clean-up of
 * formatting, which deletes marks it takes for redundant and depends on how the updates were cut: a server that loads its log
 * that way holds deletions nobody made, gives them to newcomers, and differs from everyone else. Inside a local transaction
 * there is no clean-up. Browsers use plain `Y.applyUpdate`: what they clean up they also send.
 */
export function applyExactly(doc: Y.Doc, updates: readonly Uint8Array[], origin: unknown = null): void {
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update, origin);
  }, origin);
}
