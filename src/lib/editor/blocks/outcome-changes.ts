import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { type Command, type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { liftTarget } from '@tiptap/pm/transform';
import { randomName } from '#core/identity/random-name.ts';
import { joinOwners, outcomeFacts, type OutcomeFacts, ownersOf } from '#core/outcomes/facts.ts';
import { stampLength } from '#core/note/line-marks.ts';
import { doneOrOpen, type OutcomeKind } from '#core/outcomes/kinds.ts';
import { knownOwners } from '#core/outcomes/names.ts';
import { factsOf, wordsOf } from '#core/outcomes/read.ts';

/** An id for an outcome that is made here. */
const newId = () => randomName((bytes) => crypto.getRandomValues(new Uint8Array(bytes)));

/** The facts of an outcome that is made now. */
export function newFacts(attrs: Readonly<Record<string, unknown>>, people: readonly string[]): OutcomeFacts {
  const facts = outcomeFacts(attrs);
  return { ...facts, id: newId(), short: '', owners: joinOwners(knownOwners(ownersOf(facts.owners), people)) };
}

const MARKABLE = new Set(['paragraph', 'heading', 'outcome']);

/** The lines of the selection that may be marked, with their places. */
function lines({ doc, selection: { from, to } }: EditorState): { node: Node; at: number }[] {
  const found: { node: Node; at: number }[] = [];
  doc.nodesBetween(from, to, (node, at) => {
    if (MARKABLE.has(node.type.name)) found.push({ node, at });
    return !node.isTextblock;
  });
  // Where a selection of lines ends at the start of one, that one is not meant.
  const last = found.at(-1);
  if (found.length > 1 && last && to === last.at + 1) found.pop();
  return found;
}

/** Makes the lines of the selection outcomes of a kind; plain lines of those that all are such already. */
export function toggleOutcome(kind: OutcomeKind, people: readonly string[]): Command {
  return (state, dispatch) => {
    const { outcome, paragraph } = state.schema.nodes;
    const found = lines(state);
    if (!outcome || !paragraph || found.length === 0) return false;
    const { tr } = state;
    const isSuch = (node: Node) => node.type === outcome && outcomeFacts(node.attrs).kind === kind;
    const back = found.every(({ node }) => isSuch(node));
    // From the last to the first: what changes moves nothing before it.
    for (const { node, at } of found.reverse()) {
      if (back) tr.setNodeMarkup(at, paragraph, null);
      else if (node.type !== outcome) markLine(tr, at, kind, people);
      else if (!isSuch(node)) tr.setNodeAttribute(at, 'kind', kind);
    }
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** The line with its own words for an outcome of this kind taken for what they say. */
function markLine(tr: Transaction, at: number, kind: OutcomeKind, people: readonly string[]): void {
  if (!takeWords(tr, at, people, kind)) becomeOutcome(tr, at, { kind }, people);
}

/** A line that begins with words for an outcome (of `kind` alone, if given) becomes what they say; false when it does not. */
export function takeWords(tr: Transaction, at: number, people: readonly string[], kind?: OutcomeKind): boolean {
  const node = tr.doc.nodeAt(at);
  const whole = node ? textOf(node) : '';
  // The time of the line stays before what is left of it.
  const stamp = stampLength(whole);
  const line = whole.slice(stamp);
  const words = wordsOf(line, people);
  if (!words || (kind !== undefined && words.kind !== kind)) return false;
  const start = at + 1 + stamp;
  tr.delete(start + words.text.to, start + line.length).delete(start, start + words.text.from);
  becomeOutcome(tr, at, { ...factsOf(words, ({ from, to }) => line.slice(from, to)) }, people);
  return true;
}

/** One character for each position. */
export const textOf = (node: Node) => node.textBetween(0, node.content.size, undefined, '\ufffc');

/** The line at `at` becomes an outcome, out of the list it is an item of. */
export function becomeOutcome(
  tr: Transaction,
  at: number,
  facts: Readonly<Record<string, unknown>>,
  people: readonly string[],
): void {
  tr.setNodeMarkup(at, tr.doc.type.schema.nodes['outcome'], { ...newFacts(facts, people) });
  const $at = tr.doc.resolve(at + 1);
  if ($at.node(-1).type.name !== 'listItem' || $at.index(-1) > 0) return;
  const range = $at.blockRange();
  const target = range && liftTarget(range);
  if (range && target !== null) tr.lift(range, target);
}

/** Enter in an outcome: what is behind the caret is a plain line; an empty outcome becomes one. */
export const endOutcome: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const { paragraph } = state.schema.nodes;
  if (!paragraph || $from.parent.type.name !== 'outcome' || !$from.sameParent($to)) return false;
  const { tr } = state;
  if ($from.parent.content.size === 0) tr.setNodeMarkup($from.before(), paragraph, null);
  else if ($to.parentOffset === 0) tr.insert($from.before(), paragraph.create());
  else {
    tr.deleteSelection().split($from.pos, 1, [{ type: paragraph }]);
    tr.setSelection(TextSelection.create(tr.doc, $from.pos + 2));
  }
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Backspace at its start. */
export const unmarkOutcome: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const { paragraph } = state.schema.nodes;
  if (!paragraph || !empty || $from.parentOffset > 0 || $from.parent.type.name !== 'outcome') return false;
  dispatch?.(state.tr.setNodeMarkup($from.before(), paragraph, null).scrollIntoView());
  return true;
};

/** Says of the outcome at the caret that it is done, or open again. */
export const toggleDone: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.parent.type.name !== 'outcome') return false;
  const { kind, state: now } = outcomeFacts($from.parent.attrs);
  dispatch?.(state.tr.setNodeAttribute($from.before(), 'state', doneOrOpen(kind, now)));
  return true;
};

/** The slice with every outcome made by `change`. */
export function withOutcomes(slice: Slice, change: (attrs: Node['attrs']) => Node['attrs']): Slice {
  const changed = (fragment: Fragment): Fragment => {
    const made: Node[] = [];
    fragment.forEach((node) => {
      const attrs = node.type.name === 'outcome' ? change(node.attrs) : node.attrs;
      made.push(node.isText ? node : node.type.create(attrs, changed(node.content), node.marks));
    });
    return Fragment.from(made);
  };
  return new Slice(changed(slice.content), slice.openStart, slice.openEnd);
}
