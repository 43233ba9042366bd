import * as Y from 'yjs';

/** Does the document hold all that this state vector names? */
export function covers(doc: Y.Doc, stateVector: Uint8Array): boolean {
  return [...Y.decodeStateVector(stateVector)].every(([client, clock]) => Y.getState(doc.store, client) >= clock);
}
