import * as Y from 'yjs';
import { NOTE_FRAGMENT } from '#core/note/schema.ts';
import { outcomeElements } from '#core/outcomes/elements.ts';

/** The id of an outcome for tests, readable in messages. */
export function outcomeId(n: number | string): string {
  return `outcome${String(n).padStart(19, '0')}`;
}

export interface OutcomeFacts {
  id: string;
  short?: string;
  kind?: string;
  text?: string;
}

/** An outcome as the editor makes it. */
export function outcomeElement({ id, short = '', kind = 'action', text = 'Do it' }: OutcomeFacts): Y.XmlElement {
  const element = new Y.XmlElement('outcome');
  for (const [name, value] of Object.entries({ id, short, kind })) element.setAttribute(name, value);
  element.insert(0, [new Y.XmlText(text)]);
  return element;
}

/** Puts an outcome into a note, at its end when no place is given. */
export function addOutcome(doc: Y.Doc, facts: OutcomeFacts, at?: number): void {
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  doc.transact(() => fragment.insert(at ?? fragment.length, [outcomeElement(facts)]));
}

export function outcomes(doc: Y.Doc): Y.XmlElement[] {
  return outcomeElements(doc.getXmlFragment(NOTE_FRAGMENT));
}

export function removeOutcome(doc: Y.Doc, at: number): void {
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  const index = fragment.toArray().indexOf(outcomes(doc)[at] as Y.XmlElement);
  fragment.delete(index);
}

/** Short ids in document order. */
export function shorts(doc: Y.Doc): unknown[] {
  return outcomes(doc).map((element): unknown => element.getAttribute('short'));
}

export function ids(doc: Y.Doc): unknown[] {
  return outcomes(doc).map((element): unknown => element.getAttribute('id'));
}
