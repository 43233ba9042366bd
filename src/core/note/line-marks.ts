import type { NoteJson, NoteNode } from './json.ts';
import { isCode, withSpans } from './spans.ts';

/** Names as they are looked for in a line. Make it once for a list of people. */
export interface KnownNames {
  /** Full names and first names: either may stand before a colon. */
  said: ReadonlySet<string>;
  /** Full names, longest first: of `@Ana Maria` and `@Ana` the longer one is meant. */
  full: readonly string[];
}

export function knownNames(people: readonly string[]): KnownNames {
  const full = [...new Set(people)].filter((name) => name !== '');
  return {
    said: new Set([...full, ...full.map((name) => name.split(/\s+/, 1)[0] ?? name)]),
    full: full.sort((one, other) => other.length - one.length),
  };
}

/** A piece of a line that is shown in its own way. Places count UTF-16 units from the line's start. */
export interface LineMark {
  /** `gap` is the space behind a stamp: beside the text it takes no room. */
  kind: 'stamp' | 'gap' | 'speaker' | 'person';
  from: number;
  to: number;
}

/** The blocks whose text is looked at. */
export const MARKED_LINES: ReadonlySet<string> = new Set(['paragraph', 'heading', 'outcome']);

const STAMP = /^\[(?:[01]\d|2[0-3]):[0-5]\d\](?:[ \u00a0]|$)/;
const STAMP_SIZE = '[12:16]'.length;
/** Longer than any name. */
const NAME_WITHIN = 90;

/**
 * What in the text of a paragraph, heading or outcome is a time stamp, a speaker or a person: `[12:16] Priya Raman: as @Jonas Weber said`.
 * Stamps and speakers stand only at the start. All of it is plain text; this is for showing it.
 */
export function lineMarks(text: string, names: KnownNames): LineMark[] {
  const found: LineMark[] = [];
  const stamp = stampLength(text);
  if (stamp > 0) found.push({ kind: 'stamp', from: 0, to: STAMP_SIZE });
  if (stamp > STAMP_SIZE) found.push({ kind: 'gap', from: STAMP_SIZE, to: stamp });
  const colon = text.slice(stamp, stamp + NAME_WITHIN).search(/:(?:[ \u00a0]|$)/);
  if (colon > 0 && names.said.has(text.slice(stamp, stamp + colon)))
    found.push({ kind: 'speaker', from: stamp, to: stamp + colon + 1 });
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const to = at + 1 + nameLength(text, at, names);
    if (to > at + 1) found.push({ kind: 'person', from: at, to });
  }
  return found;
}

/** Length of the time stamp at the start of a line with the space behind it; 0 when there is none. */
export function stampLength(text: string): number {
  return STAMP.exec(text)?.[0].length ?? 0;
}

/** Of the name behind an `@` that begins a word. */
function nameLength(text: string, at: number, { full }: KnownNames): number {
  if (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return 0;
  const name = full.find(
    (each) => text.startsWith(each, at + 1) && !/^[\p{L}\p{N}]/u.test(text.slice(at + 1 + each.length)),
  );
  return name?.length ?? 0;
}

/**
 * The note with its line marks as marks of the text, named by their kind, for a renderer that shows them. They are no marks of
 * the schema and never part of a stored note.
 */
export function withLineMarks(note: NoteJson, people: readonly string[]): NoteJson {
  const names = knownNames(people);
  return { ...note, content: note.content.map((node) => marked(node, names)) };
}

function marked(node: NoteNode, names: KnownNames): NoteNode {
  const { content } = node;
  if (!content) return node;
  if (!MARKED_LINES.has(node.type)) return { ...node, content: content.map((child) => marked(child, names)) };
  const text = content.map((child) => (child.type === 'text' ? (child.text ?? '') : '\ufffc')).join('');
  const marks = lineMarks(text, names);
  if (marks.length === 0) return node;
  const spans = marks.map(({ kind, from, to }) => ({ from, to, mark: { type: kind } }));
  return { ...node, content: withSpans(content, spans, (each) => !isCode(each)) };
}
