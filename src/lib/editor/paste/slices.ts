import { Fragment, type Node, type ResolvedPos, type Schema, Slice } from '@tiptap/pm/model';
import type { NoteNode } from '#core/note/json.ts';

/**
 * Blocks as a slice to paste: paragraphs at its ends join the text they meet, all else stays whole. In a list, a list gives its
 * items.
 */
export function sliceOf(content: NoteNode[], schema: Schema, $at: ResolvedPos): Slice {
  const fragment = Fragment.from(content.map((node) => schema.nodeFromJSON(node)));
  const inList = $at.depth > 2 && $at.node(-1).type.name === 'listItem';
  if (inList && fragment.firstChild?.type === $at.node(-2).type) return Slice.maxOpen(fragment);
  return new Slice(fragment, isParagraph(fragment.firstChild) ? 1 : 0, isParagraph(fragment.lastChild) ? 1 : 0);
}

const isParagraph = (node: Node | null) => node?.type.name === 'paragraph';

/** The slice where only text can stand, as in cells and summaries: its lines with breaks between. */
export function asLines(slice: Slice, schema: Schema): Slice {
  const lines: Node[] = [];
  const lineBreak = schema.nodes['hardBreak'];
  slice.content.descendants((node) => {
    if (!node.isTextblock && !(node.isAtom && node.isBlock)) return true;
    if (lines.length > 0 && lineBreak) lines.push(lineBreak.create());
    if (node.type.spec.code) lines.push(...codeLines(node, schema));
    else lines.push(...inlineOf(node));
    return false;
  });
  if (slice.content.firstChild?.isInline) return slice;
  return new Slice(Fragment.from(lines), 0, 0);
}

function inlineOf(node: Node): Node[] {
  const found: Node[] = [];
  node.content.forEach((child) => found.push(child));
  return found;
}

function codeLines(node: Node, schema: Schema): Node[] {
  const lineBreak = schema.nodes['hardBreak'];
  return node.textContent
    .split('\n')
    .flatMap((line, i) => [
      ...(i > 0 && lineBreak ? [lineBreak.create()] : []),
      ...(line === '' ? [] : [schema.text(line)]),
    ]);
}

/** Whether blocks cannot stand beside the block at this place. */
export function takesTextAlone($at: ResolvedPos): boolean {
  const { paragraph } = $at.doc.type.schema.nodes;
  if ($at.depth === 0 || !paragraph) return false;
  return !$at.node(-1).canReplaceWith($at.index(-1), $at.indexAfter(-1), paragraph);
}

/** A copy is another block: it has no anchor. */
export function withoutAnchors(slice: Slice): Slice {
  const strip = (fragment: Fragment): Fragment => {
    const made: Node[] = [];
    fragment.forEach((node) => {
      const attrs = 'anchor' in node.attrs ? { ...node.attrs, anchor: null } : node.attrs;
      made.push(node.isText ? node : node.type.create(attrs, strip(node.content), node.marks));
    });
    return Fragment.from(made);
  };
  return new Slice(strip(slice.content), slice.openStart, slice.openEnd);
}
