import type { NoteNode } from './json.ts';

const ANCHOR = /^[a-z0-9]{8}$/;

/** The blocks a link may lead to. Those inside a table or between the parts of details have none. */
export const ANCHORED = [
  'paragraph',
  'heading',
  'blockquote',
  'bulletList',
  'orderedList',
  'codeBlock',
  'horizontalRule',
  'table',
  'details',
  'callout',
  'image',
];

/**
 * Id of a block in pages, once someone has copied a link to it; null before that. `value` is the attribute `anchor`, of any type.
 */
export function anchorId(value: unknown): string | null {
  return typeof value === 'string' && ANCHOR.test(value) ? `b-${value}` : null;
}

/** The same note without anchors: they say which block this is, not what is in it, and a copy is another block. */
export function withoutAnchors<T extends Pick<NoteNode, 'content' | 'attrs'>>(node: T): T {
  const { anchor: _, ...attrs } = node.attrs ?? {};
  return {
    ...node,
    ...(node.attrs && { attrs }),
    ...(node.content && { content: node.content.map((child) => withoutAnchors(child)) }),
  };
}
