import * as Y from 'yjs';

/** Name of the node that is an outcome. */
export const OUTCOME = 'outcome';

/** The outcomes of a note in document order, with a stack of our own: the depth is the sender's choice. */
export function outcomeElements(fragment: Y.XmlFragment): Y.XmlElement[] {
  const found: Y.XmlElement[] = [];
  const stack: unknown[] = [fragment];
  while (stack.length > 0) {
    const next = stack.pop();
    if (!(next instanceof Y.XmlFragment)) continue;
    if (next instanceof Y.XmlElement && next.nodeName === OUTCOME) found.push(next);
    const children = next.toArray() as unknown[];
    for (let at = children.length - 1; at >= 0; at--) stack.push(children[at]);
  }
  return found;
}
