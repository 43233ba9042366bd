import { outcomeAnchor } from '../outcomes/short-id.ts';

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
  'outcome',
];

/**
 * Id of a block in pages, once someone has copied a link to it; null before that. `value` is the attribute `anchor`, of any type.
 */
export function anchorId(value: unknown): string | null {
  return typeof value === 'string' && ANCHOR.test(value) ? `b-${value}` : null;
}

/** Id of any block but a heading in pages: an outcome that has its number goes by that. */
export function blockId(type: string, attrs: Readonly<Record<string, unknown>> = {}): string | null {
  return (type === 'outcome' ? outcomeAnchor(attrs['short']) : null) ?? anchorId(attrs['anchor']);
}
