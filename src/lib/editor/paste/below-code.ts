import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';

/**
 * After code alone was put in as a block of its own, writing goes on below it: who pastes a log goes on with the minutes, and its
 * last line may be folded away. An empty line is made where there is none to go on in.
 *
 * @param before the note as it was
 * @param tr what put it in at the selection
 */
export function goBelowCode({ selection, doc: was }: EditorState, tr: Transaction): Transaction {
  const { $from } = selection;
  const { paragraph } = tr.doc.type.schema.nodes;
  // In place of an empty line, or behind the one it was put into.
  const at = [$from.pos - 1, $from.pos + 1].find((place) => {
    const made = tr.doc.nodeAt(place);
    return made?.type.spec.code && made.isBlock && made !== was.nodeAt(place);
  });
  if (at === undefined || $from.parent.type.spec.code || !paragraph) return tr;
  const $after = tr.doc.resolve(at + (tr.doc.nodeAt(at)?.nodeSize ?? 0));
  const next = $after.nodeAfter;
  // In the middle of a line, the rest of it stands below.
  const goesOn = next?.type === paragraph && (next.content.size === 0 || $from.parent.content.size > 0);
  if (!goesOn && !$after.parent.canReplaceWith($after.index(), $after.index(), paragraph)) return tr;
  if (!goesOn) tr.insert($after.pos, paragraph.create());
  return tr.setSelection(TextSelection.create(tr.doc, $after.pos + 1));
}
