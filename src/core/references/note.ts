import type { NoteJson, NoteMark, NoteNode } from '../note/json.ts';
import { safeHref } from '../note/links.ts';
import { isCode, withSpans } from '../note/spans.ts';
import { addressReference, type BlockReference, blockReferences } from './block.ts';
import { knownOf, type Reference } from './find.ts';

/** Something a note points at, once, however often and in whatever form. */
export interface NoteReference {
  kind: string;
  /** Equal for what is the same. */
  key: string;
  /** As first written in the note. */
  words: string;
  href: string | null;
  list: string | null;
  subject: string | null;
}

/** What a note points at, in the order in which it is first named. */
export function noteReferences(note: NoteJson): NoteReference[] {
  return mergeReferences(inBlocks(note));
}

/** Each once, as it is first written, with what others of the same say beside it. */
export function mergeReferences(references: Iterable<NoteReference>): NoteReference[] {
  const found = new Map<string, NoteReference>();
  for (const each of references) {
    const known = found.get(each.key);
    if (!known) found.set(each.key, { ...each });
    else Object.assign(known, { list: known.list ?? each.list, subject: known.subject ?? each.subject });
  }
  return [...found.values()];
}

function* inBlocks(note: NoteJson): Generator<NoteReference> {
  const named = ({ kind, key, href, list, subject }: Reference, words: string): NoteReference => {
    return { kind, key, words, href, list, subject };
  };
  for (const block of textBlocks(note.content)) {
    const text = block.map(textOf).join('');
    for (const each of referencesOf(block))
      if (each.look !== 'plain') yield named(each, text.slice(each.from, each.to).replace(/\s+/g, ' '));
    for (const node of block) {
      const href = linkOf(node)?.attrs?.href;
      const reference = typeof href === 'string' ? addressReference(href) : null;
      if (reference) yield named(reference, textOf(node));
    }
  }
}

/** How a reference is shown, in the editor and in HTML alike. */
export interface ReferenceLook {
  look: keyof typeof LOOKS;
  /** null: it leads nowhere, or is part of a link already. */
  href: string | null;
  title: string;
}

/** Class names by look. */
export const LOOKS = { document: 'note-ref', name: 'note-ref note-ref-name', url: 'note-ref note-ref-url' };

/** null for one that looks like any text. */
export function referenceLook({ linked, ...reference }: BlockReference): ReferenceLook | null {
  if (reference.look === 'plain') return null;
  const href = linked ? null : reference.href;
  // An address like any other needs no more than to be a link, and is one where somebody made it one.
  if (reference.kind === 'url') return href === null ? null : { look: 'url', href, title: 'Link' };
  return { look: reference.look, href, title: knownOf(reference) };
}

/** The type of the marks that `withReferences` makes. */
export const REFERENCE_MARK = 'shown-reference';

/** What such a mark says. A note may hold one that others made, so it is checked like any mark. */
export function markedLook({ attrs = {} }: NoteMark): ReferenceLook {
  const { look, href, title } = attrs;
  return {
    look: look === 'name' || look === 'url' ? look : 'document',
    href: typeof href === 'string' && href.startsWith('https://') ? safeHref(href) : null,
    title: typeof title === 'string' ? title : '',
  };
}

/** The note with its references as marks of the text, for a renderer that shows them. */
export function withReferences(note: NoteJson): NoteJson {
  return { ...note, content: note.content.map(marked) };
}

function marked(node: NoteNode): NoteNode {
  const { content } = node;
  if (!content || node.type === 'codeBlock') return node;
  if (!content.some(({ type }) => type === 'text')) return { ...node, content: content.map(marked) };
  const spans = referencesOf(content).flatMap((each) => {
    const look = referenceLook(each);
    return look ? [{ from: each.from, to: each.to, mark: { type: REFERENCE_MARK, attrs: { ...look } } }] : [];
  });
  return spans.length === 0 ? node : { ...node, content: withSpans(content, spans, () => true) };
}

function* textBlocks(nodes: readonly NoteNode[]): Generator<NoteNode[]> {
  for (const { type, content } of nodes) {
    if (!content || type === 'codeBlock') continue;
    if (content.some((child) => child.type === 'text')) yield content;
    else yield* textBlocks(content);
  }
}

/** The references in the content of a block. Places count as in `Span`. */
export function referencesOf(content: readonly NoteNode[]): BlockReference[] {
  return blockReferences(
    content.map((node) => ({
      text: textOf(node),
      code: isCode(node),
      link: linkOf(node) !== undefined,
    })),
  );
}

const textOf = (node: NoteNode): string =>
  node.type === 'text' ? (node.text ?? '') : node.type === 'hardBreak' ? '\n' : '\ufffc';

const linkOf = ({ marks }: NoteNode): NoteMark | undefined => marks?.find(({ type }) => type === 'link');
