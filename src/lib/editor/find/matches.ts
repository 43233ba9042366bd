import type { Node } from '@tiptap/pm/model';

export interface Query {
  text: string;
  matchCase: boolean;
}

/** A piece of one text block, by positions of the document. */
export interface Match {
  from: number;
  to: number;
}

/** What was found in each block, as offsets within it. A block that nobody changed is the same object and is not read again. */
export type Known = WeakMap<Node, readonly number[]>;

/** Stands for what is in a block and is no text, such as a line break. */
const NO_TEXT = '\uFFFC';

/** Every place of the text in the note, first to last, none over another, none over the edge of a block. */
export function findAll(doc: Node, query: Query, known: Known): Match[] {
  const found: Match[] = [];
  if (query.text === '' || query.text.includes(NO_TEXT)) return found;
  doc.descendants((block, at) => {
    if (!block.isTextblock) return true;
    let offsets = known.get(block);
    if (!offsets) known.set(block, (offsets = findIn(textOf(block), query)));
    for (const offset of offsets) found.push({ from: at + 1 + offset, to: at + 1 + offset + query.text.length });
    return false;
  });
  return found;
}

/** Where the text stands in a line. */
export function findIn(line: string, { text, matchCase }: Query): number[] {
  const [hay, needle] = matchCase ? [line, text] : [lowered(line), lowered(text)];
  const places: number[] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) places.push(at);
  return places;
}

/** One character for each position. */
function textOf(block: Node): string {
  return block.textBetween(0, block.content.size, undefined, NO_TEXT);
}

/** Small letters, each where its own large one stands: `İ` would become two. */
function lowered(text: string): string {
  const low = text.toLowerCase();
  if (low.length === text.length) return low;
  return text.replace(/\p{Lu}/gu, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  });
}
