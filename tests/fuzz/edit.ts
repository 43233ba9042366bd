import * as Y from 'yjs';
import { NOTE_FRAGMENT } from '#core/note/schema.ts';
import { outcomeElement, outcomes } from '../support/outcomes.ts';

/** Edits on the shared document as the editor would make them: always a valid note. Out-of-range places wrap around. */
export function insertText(doc: Y.Doc, block: number, at: number, token: string): void {
  const text = textOf(doc, block);
  if (text) text.insert(at % (text.length + 1), token);
  else addBlock(doc, block, 'paragraph', token);
}

export function addBlock(doc: Y.Doc, block: number, node: string, token: string): void {
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  const element = new Y.XmlElement(node);
  if (node === 'heading') element.setAttribute('level', 2 as unknown as string);
  element.insert(0, [new Y.XmlText(token)]);
  fragment.insert(block % (fragment.length + 1), [element]);
}

/** A new outcome, or one with the id of one that is there, with whatever short id its maker says. */
export function mark(
  doc: Y.Doc,
  block: number,
  { id, short, text }: { id: string; short: string; text: string },
): void {
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  fragment.insert(block % (fragment.length + 1), [outcomeElement({ id, short, text })]);
}

export function turn(doc: Y.Doc, outcome: number, to: string): void {
  const all = outcomes(doc);
  all[outcome % all.length]?.setAttribute('kind', to);
}

export function deleteText(doc: Y.Doc, block: number, at: number, length: number): void {
  const text = textOf(doc, block);
  if (!text || text.length === 0) return;
  const from = at % text.length;
  text.delete(from, Math.min(length, text.length - from));
}

export function deleteBlock(doc: Y.Doc, block: number): void {
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  if (fragment.length > 1) fragment.delete(block % fragment.length, 1);
}

export function bold(doc: Y.Doc, block: number, at: number, length: number): void {
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  const element = fragment.length > 0 ? fragment.get(block % fragment.length) : null;
  const text = textOf(doc, block);
  if (!text || text.length === 0 || !(element instanceof Y.XmlElement) || element.nodeName === 'codeBlock') return;
  const from = at % text.length;
  text.format(from, Math.min(length, text.length - from), { bold: {} });
}

function textOf(doc: Y.Doc, block: number): Y.XmlText | null {
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  if (fragment.length === 0) return null;
  const element = fragment.get(block % fragment.length);
  if (!(element instanceof Y.XmlElement)) return null;
  const first = element.length > 0 ? element.get(0) : null;
  if (first instanceof Y.XmlText) return first;
  const text = new Y.XmlText();
  element.insert(0, [text]);
  return text;
}
