import * as Y from 'yjs';
import type { NoteJson, NoteNode } from './json.ts';
import { NOTE_FRAGMENT } from './fragment.ts';
import { OUTCOME } from '../outcomes/elements.ts';
import { MAX_DEPTH, TOO_DEEP, normalNote } from './normal.ts';

/**
 * The note of a document, in normal form. Reads only: the binding's own conversion would delete what the schema does not know
 * from the live document. Unknown nodes, marks and foreign Yjs types come out under their names with their text.
 */
export function readNote(doc: Y.Doc): NoteJson {
  return normalNote({ content: children(doc.getXmlFragment(NOTE_FRAGMENT), 1) });
}

/**
 * The headings of a document alone, in reading order and normal form: the outline of a long note costs little with them. Texts are
 * not looked into, so what somebody hid in one is no heading.
 */
export function readHeadings(doc: Y.Doc): NoteJson {
  return readOnly(doc, new Set(['heading']));
}

/** The same of its outcomes, and of the headings they stand under. */
export function readOutcomes(doc: Y.Doc): NoteJson {
  return readOnly(doc, new Set(['heading', OUTCOME]));
}

function readOnly(doc: Y.Doc, names: ReadonlySet<string>): NoteJson {
  const found: NoteNode[] = [];
  const visit = (parent: Y.XmlFragment, depth: number): void =>
    parent.forEach((child) => {
      if (!(child instanceof Y.XmlFragment) || depth >= MAX_DEPTH) return;
      if (child instanceof Y.XmlElement && names.has(child.nodeName)) found.push(...nodesOf(child, depth));
      else visit(child, depth + 1);
    });
  visit(doc.getXmlFragment(NOTE_FRAGMENT), 1);
  return normalNote({ content: found });
}

function children(parent: Y.XmlFragment, depth: number): NoteNode[] {
  return (parent.toArray() as unknown[]).flatMap((child) => nodesOf(child, depth));
}

function nodesOf(value: unknown, depth: number): NoteNode[] {
  if (value instanceof Y.Text) return texts(value, depth);
  if (!(value instanceof Y.XmlFragment)) return [{ type: foreignName(value), content: [plain(value)] }];
  if (depth >= MAX_DEPTH) return [{ type: TOO_DEEP, content: [plain(value)] }];
  const content = children(value, depth + 1);
  if (!(value instanceof Y.XmlElement)) return [{ type: 'fragment', content }];
  // A copy: an attribute named `__proto__` changes what the original inherits.
  const attrs: Record<string, unknown> = { ...value.getAttributes() };
  return [{ type: value.nodeName, attrs, content }];
}

// Marks that may stand several times on one text are stored under their name and a hash.
const HASHED_MARK = /^(.*)--[a-zA-Z0-9+/=]{8}$/s;

function texts(text: Y.Text, depth: number): NoteNode[] {
  const delta = text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[];
  return delta.flatMap(({ insert, attributes = {} }): NoteNode[] => {
    const marks = Object.entries(attributes).map(([key, attrs]) => ({
      type: HASHED_MARK.exec(key)?.[1] ?? key,
      attrs: attrs as Record<string, unknown>,
    }));
    if (typeof insert === 'string') return [{ type: 'text', text: insert, marks }];
    return nodesOf(insert, depth).map((node) => ({ ...node, marks }));
  });
}

function foreignName(value: unknown): string {
  if (value instanceof Y.Map) return 'map';
  if (value instanceof Y.Array) return 'array';
  return 'value';
}

const plain = (value: unknown): NoteNode => ({ type: 'text', text: looseText(value) });

/** Every text inside, in order, with a stack of our own: the depth is the sender's choice. */
export function looseText(root: unknown): string {
  const found: string[] = [];
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const next = stack.pop();
    if (typeof next === 'string' || typeof next === 'number') found.push(String(next));
    else for (const part of parts(next).reverse()) stack.push(part);
  }
  return found.join(' ');
}

function parts(value: unknown): unknown[] {
  if (value instanceof Y.Text) return (value.toDelta() as { insert: unknown }[]).map((part) => part.insert);
  if (value instanceof Y.XmlFragment || value instanceof Y.Array) return value.toArray() as unknown[];
  if (value instanceof Y.Map) return [...(value as Y.Map<unknown>).values()];
  if (Array.isArray(value)) return [...(value as unknown[])];
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.values(value);
  return [];
}
