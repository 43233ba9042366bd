import { anchorId } from './anchors.ts';
import type { NoteJson, NoteNode } from './json.ts';

export interface OutlineEntry {
  /** 1 to 6. */
  level: number;
  text: string;
  /** Unique in its note: of the heading's lasting anchor, else `h-` and a slug, from the second on with a number. */
  id: string;
}

/**
 * The headings of a note in reading order, also those inside quotes and lists. An id made of a slug depends on the heading's text and on
 * how many equal ones stand before it, so it stays when other text changes. The prefix keeps what people type apart from the
 * ids of the page.
 */
export function outline(note: NoteJson): OutlineEntry[] {
  return [...headings(note).values()];
}

/** The same by node, for renderers: the nodes are those of `note` itself. */
export function headings(note: NoteJson): Map<NoteNode, OutlineEntry> {
  const found = new Map<NoteNode, OutlineEntry>();
  const taken = new Map<string, number>();
  const visit = (node: NoteNode): void => {
    if (node.type === 'heading') {
      const text = plainText(node);
      const anchor = anchorId(node.attrs?.anchor);
      // Taken also beside an anchor: those of the other headings stay when this one is given its own.
      const slugged = freeId(`h-${slug(text)}`, taken);
      const id = anchor !== null && !taken.has(anchor) ? freeId(anchor, taken) : slugged;
      found.set(node, { level: headingLevel(node), text, id });
      return;
    }
    node.content?.forEach(visit);
  };
  note.content.forEach(visit);
  return found;
}

/**
 * The heading that had this id before it was given a lasting one, so that links sent before go on leading to it; undefined when
 * none had it. `entries` are all headings of the note.
 */
export function entryBySlug(entries: readonly OutlineEntry[], id: string): OutlineEntry | undefined {
  const taken = new Map<string, number>();
  return entries.find(({ text }) => freeId(`h-${slug(text)}`, taken) === id);
}

/** 1 to 6; an attribute that is anything else counts as 2. */
export function headingLevel(node: NoteNode): number {
  const level = node.attrs?.level;
  return typeof level === 'number' && Number.isInteger(level) && level >= 1 && level <= 6 ? level : 2;
}

/** The text inside a node; a hard break is a newline, and so is the end of a block within it. */
export function plainText(node: NoteNode): string {
  const own = node.type === 'text' ? (node.text ?? '') : node.type === 'hardBreak' ? '\n' : '';
  // A peer may have put text into a break: it is kept like any other.
  const inner = (node.content ?? []).map(
    (child, i, all) => (i > 0 && child.content && all[i - 1]?.content ? '\n' : '') + plainText(child),
  );
  return own + inner.join('');
}

const MAX_SLUG = 60;

function slug(text: string): string {
  const words = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const joined = words.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, MAX_SLUG);
  // A cut may have left half a character.
  return (
    joined
      .toWellFormed()
      .replaceAll('\ufffd', '')
      .replace(/^-+|-+$/g, '') || 'section'
  );
}

/** `taken` counts the uses of each id, so that a thousand equal headings cost a thousand steps. */
function freeId(base: string, taken: Map<string, number>): string {
  let id = base;
  while (taken.has(id)) {
    const n = (taken.get(base) ?? 1) + 1;
    taken.set(base, n);
    id = `${base}-${n}`;
  }
  taken.set(id, 1);
  return id;
}
