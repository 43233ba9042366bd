import type { NoteJson, NoteMark, NoteNode } from '../note/json.ts';

/** Where a node stands: among the children of its parent, and where that stands; null for the note itself. */
export interface Place {
  parent: NoteNode;
  index: number;
  outer: Place | null;
}

/** The children of the node at hand, rendered when asked for. */
export interface Inside<Block, Inline> {
  /** As blocks; text that stands where blocks belong is given the form of a paragraph. */
  blocks(): Block[];
  /** As text with marks; a block that stands where text belongs is shown as unknown. */
  inline(): Inline;
}

/**
 * One text form: an entry for every node and mark of the schema, and for what is none. The walk trusts the shape of a note
 * (`normalNote` or `readNote` made it), never where its nodes stand nor what their attributes hold.
 */
export interface Table<Block, Inline> {
  blocks: Record<string, (node: NoteNode, inside: Inside<Block, Inline>, place: Place) => Block>;
  inlines: Record<string, (node: NoteNode) => Inline>;
  /** `nodes` are those the mark covers, without the mark. */
  marks: Record<string, (mark: NoteMark, inner: () => Inline, nodes: NoteNode[]) => Inline>;
  unknownBlock(node: NoteNode, inside: Inside<Block, Inline>): Block;
  unknownInline(name: string, inner: Inline): Inline;
  unknownMark(mark: NoteMark, inner: Inline): Inline;
  join(parts: Inline[]): Inline;
}

export function renderNote<Block, Inline>(note: NoteJson, table: Table<Block, Inline>): Block {
  return block(note, table, { parent: note, index: 0, outer: null });
}

function block<Block, Inline>(node: NoteNode, table: Table<Block, Inline>, place: Place): Block {
  const inside: Inside<Block, Inline> = {
    blocks: () => blocks(node, table, place),
    inline: () => inline(node.content ?? [], table),
  };
  const rule = isHollow(node) || isMisplaced(node, place) ? undefined : own(table.blocks, node.type);
  return rule ? rule(node, inside, place) : table.unknownBlock(node, inside);
}

function blocks<Block, Inline>(parent: NoteNode, table: Table<Block, Inline>, outer: Place): Block[] {
  const made: Block[] = [];
  const content = parent.content ?? [];
  for (let i = 0; i < content.length;) {
    const start = i;
    while (i < content.length && own(table.inlines, content[i]?.type ?? '')) i++;
    const node = i > start ? { type: 'paragraph', content: content.slice(start, i) } : content[i++];
    if (node) made.push(block(node, table, { parent, index: start, outer }));
  }
  return made;
}

/**
 * Marks of neighbours become a tree: at each place the mark that reaches farthest is the outer one. Code is always innermost,
 * because Markdown has no marks inside it.
 */
function inline<Block, Inline>(nodes: NoteNode[], table: Table<Block, Inline>): Inline {
  const parts: Inline[] = [];
  for (let i = 0; i < nodes.length;) {
    const node = nodes[i] as NoteNode;
    const { mark, end } = longestMark(nodes, i);
    if (!mark) parts.push(leaf(node, table));
    else {
      const covered = nodes.slice(i, end).map((each) => without(each, mark));
      const inner = () => inline(covered, table);
      const rule = own(table.marks, mark.type);
      parts.push(rule ? rule(mark, inner, covered) : table.unknownMark(mark, inner()));
    }
    i = end;
  }
  return table.join(parts);
}

function leaf<Block, Inline>(node: NoteNode, table: Table<Block, Inline>): Inline {
  const rule = isHollow(node) ? undefined : own(table.inlines, node.type);
  return rule ? rule(node) : table.unknownInline(node.type, inline(node.content ?? [], table));
}

function longestMark(nodes: NoteNode[], start: number): { mark: NoteMark | undefined; end: number } {
  const marks = nodes[start]?.marks ?? [];
  let best: { mark: NoteMark | undefined; end: number } = { mark: undefined, end: start + 1 };
  for (const mark of marks) {
    if (mark.type === 'code' && marks.length > 1) continue;
    let end = start + 1;
    while (end < nodes.length && carries(nodes[end]?.marks, mark)) end++;
    if (!best.mark || end > best.end) best = { mark, end };
  }
  return best;
}

function carries(marks: NoteMark[] | undefined, mark: NoteMark): boolean {
  if (!marks || (mark.type === 'code' && marks.length > 1)) return false;
  return marks.some((other) => same(other, mark));
}

function same(a: NoteMark, b: NoteMark): boolean {
  return a === b || (a.type === b.type && JSON.stringify(a.attrs) === JSON.stringify(b.attrs));
}

function without(node: NoteNode, mark: NoteMark): NoteNode {
  return { ...node, marks: (node.marks ?? []).filter((other) => !same(other, mark)) };
}

const LEAVES = new Set(['horizontalRule', 'hardBreak', 'image']);

/** A node that has no room for content and has some all the same: only as an unknown one is that shown. */
const isHollow = (node: NoteNode) => LEAVES.has(node.type) && (node.content?.length ?? 0) > 0;

const PARENTS: Record<string, string> = {
  tableRow: 'table',
  tableCell: 'tableRow',
  detailsSummary: 'details',
  detailsContent: 'details',
};

/** A part without its whole: a cell outside a table would be none, and HTML has no place for it. */
function isMisplaced({ type }: NoteNode, { parent }: Place): boolean {
  const wanted = own(PARENTS, type);
  return wanted !== undefined && wanted !== parent.type;
}

/** Names come from documents: `constructor` is not an entry. */
function own<T>(entries: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}
