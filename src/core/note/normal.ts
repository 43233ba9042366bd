import { outcomeFacts } from '../outcomes/facts.ts';
import { filledParts, parts } from './parts.ts';
import type { NoteJson, NoteMark, NoteNode } from './json.ts';
import { field } from './field.ts';

/**
 * Levels of nodes a note may have; deeper ones are kept as their text. People reach five or six. The limit lets every reader of
 * a note recurse without fear for its stack.
 */
export const MAX_DEPTH = 100;
/** Type of the node that stands for content nested deeper than `MAX_DEPTH`. */
export const TOO_DEEP = 'too-deep';

/** Marks one text may carry, those of the schema first: readers recurse once per mark. */
const MAX_MARKS = 16;

/** Marks in the order of the schema, outermost first. Yjs keeps marks as a map without order, so the order is ours. */
export const MARK_ORDER = ['link', 'bold', 'code', 'italic', 'strike', 'underline'] as const;

/**
 * The one form in which equal notes are equal JSON, made of anything: joined texts, no empty texts, one mark per type in fixed
 * order, attributes that are JSON values and not null with sorted names, no empty lists; tables of rows of cells, the first row
 * as wide as any; details of a summary and what is inside; outcomes with all their
 * facts. Nothing that carries text is dropped.
 */
export function normalNote(value: unknown): NoteJson {
  return { type: 'doc', content: nodes(field(value, 'content'), 1) };
}

function nodes(value: unknown, depth: number): NoteNode[] {
  if (!Array.isArray(value)) return [];
  if (depth > MAX_DEPTH) return [{ type: TOO_DEEP, ...contentOf(textNodes(looseText(value), [])) }];
  return joinTexts(value.flatMap((child) => node(child, depth)));
}

function node(value: unknown, depth: number): NoteNode[] {
  if (typeof value === 'string') return textNodes(value, []);
  if (typeof value !== 'object' || value === null) return [];
  const type = name(field(value, 'type'));
  const text = field(value, 'text');
  const ownMarks = marks(field(value, 'marks'));
  const content = filledParts(type, nodes(parts(type, field(value, 'content')), depth + 1), depth < MAX_DEPTH - 1);
  if (type === 'text') return [...textNodes(typeof text === 'string' ? text : '', ownMarks), ...content];
  if (typeof text === 'string' && text !== '') content.unshift({ type: 'text', text });
  return [{ type, ...ownAttrs(type, field(value, 'attrs')), ...contentOf(content), ...marksOf(ownMarks) }];
}

function textNodes(text: string, ownMarks: NoteMark[]): NoteNode[] {
  return text === '' ? [] : [{ type: 'text', text, ...marksOf(ownMarks) }];
}

function joinTexts(list: NoteNode[]): NoteNode[] {
  const joined: NoteNode[] = [];
  for (const next of list) {
    const last = joined.at(-1);
    if (last?.type === 'text' && next.type === 'text' && sameMarks(last.marks, next.marks))
      joined[joined.length - 1] = { ...last, text: `${last.text ?? ''}${next.text ?? ''}` };
    else joined.push(next);
  }
  return joined;
}

/** Both lists in normal form. */
function sameMarks(a: NoteMark[] | undefined, b: NoteMark[] | undefined): boolean {
  return JSON.stringify(a ?? []) === JSON.stringify(b ?? []);
}

function marks(value: unknown): NoteMark[] {
  if (!Array.isArray(value)) return [];
  const byType = new Map<string, NoteMark>();
  for (const mark of value as unknown[]) {
    const type = name(typeof mark === 'string' ? mark : field(mark, 'type'));
    if (!byType.has(type)) byType.set(type, { type, ...attrsOf(field(mark, 'attrs')) });
  }
  const sorted = [...byType.values()].sort((a, b) => rank(a.type) - rank(b.type) || (a.type < b.type ? -1 : 1));
  return sorted.slice(0, MAX_MARKS);
}

function rank(type: string): number {
  const index = (MARK_ORDER as readonly string[]).indexOf(type);
  return index < 0 ? MARK_ORDER.length : index;
}

const contentOf = (content: NoteNode[]) => (content.length > 0 ? { content } : {});
const marksOf = (list: NoteMark[]) => (list.length > 0 ? { marks: list } : {});

function attrsOf(value: unknown): { attrs?: Record<string, unknown> } {
  const attrs = jsonObject(value, 0);
  return attrs && Object.keys(attrs).length > 0 ? { attrs } : {};
}

/** An outcome always says what it is. */
function ownAttrs(type: string, value: unknown): { attrs?: Record<string, unknown> } {
  const given = attrsOf(value);
  return type === 'outcome' ? attrsOf({ ...given.attrs, ...outcomeFacts(given.attrs) }) : given;
}

const MAX_ATTR_DEPTH = 4;

/** undefined for what JSON has no form for; nulls are left out, because absent and null mean the same here. */
function jsonValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (depth >= MAX_ATTR_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map((item) => jsonValue(item, depth + 1) ?? null);
  return jsonObject(value, depth + 1);
}

function jsonObject(value: unknown, depth: number): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const proto: unknown = Object.getPrototypeOf(value);
  if (proto !== null && proto !== Object.prototype) return undefined;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, jsonValue(item, depth)] as const)
    .filter(([key, item]) => item !== undefined && key !== '__proto__');
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `__proto__` is no name: as a key it would change the object it is set on. */
const name = (value: unknown) =>
  typeof value === 'string' && value !== '' && value !== '__proto__' ? value : 'unknown';

/** All text below, in order, with a stack of our own: for content too deep to recurse into. */
function looseText(list: unknown[]): string {
  const texts: string[] = [];
  const stack: unknown[] = [...list].reverse();
  while (stack.length > 0) {
    const next = stack.pop();
    const text = typeof next === 'string' ? next : field(next, 'text');
    if (typeof text === 'string') texts.push(text);
    const content = field(next, 'content');
    if (Array.isArray(content)) for (let i = content.length - 1; i >= 0; i--) stack.push(content[i]);
  }
  return texts.join('');
}
