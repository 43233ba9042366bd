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

/** Whether a change of a note may have changed its outcomes: something in one, or which blocks there are. Typing elsewhere did not. */
export function touchOutcomes(events: readonly Y.YEvent<Y.XmlFragment>[]): boolean {
  return events.some(({ target }) => !isText(target) || withinOutcome(target));
}

/** Yjs tells of texts too, under the type of what they stand in. */
function isText(target: unknown): target is Y.XmlText {
  return target instanceof Y.XmlText;
}

function withinOutcome(text: Y.XmlText): boolean {
  for (let parent = text.parent; parent; parent = parent.parent)
    if (parent instanceof Y.XmlElement && parent.nodeName === OUTCOME) return true;
  return false;
}
