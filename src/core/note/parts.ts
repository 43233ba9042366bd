import { field } from './field.ts';
import type { NoteNode } from './json.ts';

/*
 * Tables and details in normal form. The schema lets them have any parts in any number, because several people change them at once;
 * readers want a table to be rows of cells, and details to be one summary and what is inside.
 */

/** The children of a node with the parts it is made of, before they are read themselves. Anything else is returned as it is. */
export function parts(type: string, content: unknown): unknown {
  if (type === 'table') return list(content).map((child) => wrapped(child, 'tableRow'));
  if (type === 'tableRow') return list(content).map((child) => wrapped(child, 'tableCell'));
  if (type === 'details') return detailsParts(list(content));
  return content;
}

const list = (content: unknown): unknown[] => (Array.isArray(content) ? (content as unknown[]) : []);
const isA = (child: unknown, type: string) => field(child, 'type') === type;
const wrapped = (child: unknown, type: string): unknown => (isA(child, type) ? child : { type, content: [child] });

function detailsParts(children: unknown[]): unknown[] {
  const [first, ...rest] = children;
  if (!isA(first, 'detailsSummary')) return detailsParts([{ type: 'detailsSummary' }, ...children]);
  const inside = rest.flatMap((child) => {
    if (isA(child, 'detailsContent') && typeof field(child, 'text') !== 'string') return list(field(child, 'content'));
    return isA(child, 'detailsSummary') ? { ...(child as object), type: 'paragraph' } : child;
  });
  return [first, { type: 'detailsContent', content: inside }];
}

/** What a table and the inside of details have at least, added to `content` in normal form where there is `room` below. */
export function filledParts(type: string, content: NoteNode[], room: boolean): NoteNode[] {
  if (type === 'detailsContent' && content.length === 0) return [{ type: 'paragraph' }];
  return type === 'table' && room ? withHeader(content) : content;
}

/**
 * The first row is made as wide as the widest, for Markdown takes the number of columns from it. The others stay as they are:
 * were all filled up, one long row would make a note many times its size.
 */
function withHeader([first = { type: 'tableRow' }, ...rest]: NoteNode[]): NoteNode[] {
  const cells = first.content ?? [];
  const widest = rest.reduce((most, row) => Math.max(most, row.content?.length ?? 0), Math.max(1, cells.length));
  const missing = Array.from({ length: widest - cells.length }, () => ({ type: 'tableCell' }));
  return [{ ...first, content: [...cells, ...missing] }, ...rest];
}
