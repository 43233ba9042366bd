import { Fragment, type Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';

/** A run of children of the old document, and those that take its place. */
interface Gap {
  /** Where the run begins in the old document. */
  at: number;
  old: Node[];
  now: Node[];
}

/**
 * Makes the document's content `wanted` and touches no more than what differs, so that carets, selections and decorations
 * elsewhere stay where they are. Children that are the same object in both are not looked into.
 */
export function becomes(tr: Transaction, wanted: Fragment): void {
  // From the end, so that the places of the earlier ones stay true.
  for (const gap of gaps(tr.doc.children, wanted.content).reverse()) fill(tr, gap);
  if (!tr.doc.content.eq(wanted)) tr.replaceWith(0, tr.doc.content.size, wanted);
}

/** Where the lists differ. Blocks never change places in Yjs: one that is moved is another one afterwards. */
function gaps(old: readonly Node[], now: readonly Node[]): Gap[] {
  let first = 0;
  while (first < old.length && first < now.length && old[first] === now[first]) first += 1;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > first && nowEnd > first && old[oldEnd - 1] === now[nowEnd - 1])
    [oldEnd, nowEnd] = [oldEnd - 1, nowEnd - 1];

  const stays = new Set(now.slice(first, nowEnd));
  const found: Gap[] = [];
  let at = sizeOf(old.slice(0, first));
  let here = first;
  let gap: Gap = { at, old: [], now: [] };
  const close = (): void => {
    if (gap.old.length > 0 || gap.now.length > 0) found.push(gap);
    gap = { at, old: [], now: [] };
  };
  for (const node of old.slice(first, oldEnd)) {
    // What stays ends a gap; all that stands before it in the new list is new.
    const place = stays.has(node) ? now.indexOf(node, here) : -1;
    at += node.nodeSize;
    if (place < 0 || place >= nowEnd) {
      gap.old.push(node);
      continue;
    }
    gap.now.push(...now.slice(here, place));
    here = place + 1;
    close();
  }
  gap.now.push(...now.slice(here, nowEnd));
  close();
  return found;
}

function fill(tr: Transaction, { at, old, now }: Gap): void {
  const before = Fragment.fromArray(old);
  const after = Fragment.fromArray(now);
  const start = before.findDiffStart(after);
  const end = before.findDiffEnd(after);
  if (start === null || end === null) return;
  // What is equal at both ends may overlap, as in `aa` that becomes `aaa`.
  const over = Math.max(0, start - Math.min(end.a, end.b));
  const slice = tr.doc.type.create(null, after).slice(start, end.b + over);
  tr.maybeStep(new ReplaceStep(at + start, at + end.a + over, slice));
}

const sizeOf = (nodes: readonly Node[]): number => nodes.reduce((size, { nodeSize }) => size + nodeSize, 0);
