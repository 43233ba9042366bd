import type { Node } from '@tiptap/pm/model';
import { Mapping, StepMap } from '@tiptap/pm/transform';
import type { Decoration, DecorationSet } from '@tiptap/pm/view';

/** What is between two states of a note: how places of the one become those of the other, and the blocks to look at again. */
interface Change {
  mapping: Mapping;
  first: number;
  last: number;
}

/** Found by comparing, whoever made the change and in however many steps; null when the two are equal. */
export function changeBetween(before: Node, doc: Node): Change | null {
  const from = before.content.findDiffStart(doc.content);
  const ends = before.content.findDiffEnd(doc.content);
  if (from === null || ends === null) return null;
  // Where equal text was doubled or halved, the ends lie before the start.
  const overlap = Math.max(0, from - Math.min(ends.a, ends.b));
  const [oldEnd, newEnd] = [ends.a + overlap, ends.b + overlap];
  const [first, last] = wholeBlocks(doc, from, newEnd);
  return { mapping: new Mapping([new StepMap([from, oldEnd - from, newEnd - from])]), first, last };
}

/** The set with the decorations between the two places made anew. */
export function lookedAgain(
  shown: DecorationSet,
  doc: Node,
  { first, last }: Change,
  look: (doc: Node, from: number, to: number) => Decoration[],
): DecorationSet {
  return shown.remove(shown.find(first, last)).add(doc, look(doc, first, last));
}

/** The range, grown to the whole of each block of text that it touches. */
function wholeBlocks(doc: Node, from: number, to: number): [number, number] {
  const $from = doc.resolve(doc.resolve(from).parent.isTextblock ? from : Math.max(0, from - 1));
  const $to = doc.resolve(doc.resolve(to).parent.isTextblock ? to : Math.min(doc.content.size, to + 1));
  return [$from.parent.isTextblock ? $from.before() : $from.pos, $to.parent.isTextblock ? $to.after() : $to.pos];
}
