import type { NoteNode } from './json.ts';

/** Outcomes in items of lists that say that they belong there. */
const inPlace = new WeakSet<NoteNode>();

export function staysInItem(outcome: NoteNode): void {
  inPlace.add(outcome);
}

/** Blocks with the outcomes taken out of their lists: an item that is an outcome is a block of its own, what was below it follows. */
export function lifted(blocks: NoteNode[]): NoteNode[] {
  return blocks.flatMap((block) => (hasOutcomes(block) ? apart(block) : [block]));
}

const isOutcome = (node: NoteNode | undefined) => node?.type === 'outcome' && !inPlace.has(node);
const LISTS = new Set(['bulletList', 'orderedList']);
const hasOutcomes = ({ type, content }: NoteNode) =>
  LISTS.has(type) && (content ?? []).some((item) => isOutcome(item.content?.[0]));

function apart(list: NoteNode): NoteNode[] {
  const made: NoteNode[] = [];
  let items: NoteNode[] = [];
  const first = Number(list.attrs?.start ?? 1);
  const endList = (next: number) => {
    const start = first + next - items.length;
    if (items.length > 0) made.push({ ...list, ...(list.attrs && { attrs: { start } }), content: items });
    items = [];
  };
  list.content?.forEach((item, i) => {
    if (!isOutcome(item.content?.[0])) items.push(item);
    else {
      endList(i);
      made.push(...(item.content ?? []));
    }
  });
  endList(list.content?.length ?? 0);
  return made;
}
