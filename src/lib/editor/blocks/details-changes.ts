import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import { Selection, TextSelection, type Command, type EditorState } from '@tiptap/pm/state';
import { canInsertBlock, insertBlock } from './insert-block.ts';
import { showPlace } from './opened.ts';

/** Puts in open details; the caret is in their summary. */
export const insertDetails: Command = (state, dispatch, view) => {
  const details = emptyDetails(state.schema);
  if (!details || !canInsertBlock(state, details.type)) return false;
  if (!dispatch) return true;
  const { tr, at } = insertBlock(state, details);
  dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 2)).scrollIntoView());
  // Past the empty summary and into the first line.
  if (view) showPlace(view, at + 5);
  return true;
};

function emptyDetails({ nodes }: Schema): Node | null {
  const { details, detailsSummary, detailsContent, paragraph } = nodes;
  if (!details || !detailsSummary || !detailsContent || !paragraph) return null;
  return details.create(null, [detailsSummary.create(), detailsContent.create(null, paragraph.create())]);
}

/** From the summary to the first line inside, which is made where it is missing. */
export const intoDetails: Command = (state, dispatch, view) => {
  const { $head } = state.selection;
  if ($head.parent.type.name !== 'detailsSummary') return false;
  const { detailsContent, paragraph } = state.schema.nodes;
  if (!dispatch || !detailsContent || !paragraph) return true;
  const { tr } = state;
  const after = $head.after();
  if ($head.node(-1).maybeChild($head.index(-1) + 1)?.type !== detailsContent)
    tr.insert(after, detailsContent.create(null, paragraph.create()));
  const inside = Selection.near(tr.doc.resolve(after + 1));
  dispatch(tr.setSelection(inside).scrollIntoView());
  if (view) showPlace(view, inside.head);
  return true;
};

/** Takes the details away and leaves what was in them; the summary becomes a line, when it says something. */
export const unwrapDetails: Command = (state, dispatch) => {
  const { $head, empty } = state.selection;
  if (!empty || $head.parent.type.name !== 'detailsSummary' || $head.parentOffset > 0) return false;
  const details = $head.node(-1);
  const blocks = details.children.flatMap((part) => asBlocks(part));
  const at = $head.before(-1);
  const left = blocks.length > 0 ? blocks : [state.schema.nodes['paragraph']?.create()].filter((made) => !!made);
  const tr = state.tr.replaceWith(at, at + details.nodeSize, Fragment.from(left));
  dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  return true;
};

function asBlocks(part: Node): readonly Node[] {
  if (part.type.name === 'detailsContent') return part.children;
  const line = part.content.size > 0 ? part.type.schema.nodes['paragraph']?.create(null, part.content) : null;
  return line ? [line] : [];
}

/** Enter on the empty last line inside leads out, below; the line goes along, unless it is the only one. */
export const outOfDetails: Command = (state, dispatch) => {
  const $head = insideDetails(state);
  const paragraph = state.schema.nodes['paragraph'];
  if (!$head || !paragraph || $head.parent.type !== paragraph || $head.parent.content.size > 0) return false;
  if ($head.index(-1) < $head.node(-1).childCount - 1) return false;
  const { tr } = state;
  const after = $head.after(-2);
  tr.insert(after, paragraph.create()).setSelection(TextSelection.create(tr.doc, after + 1));
  if ($head.node(-1).childCount > 1) tr.delete($head.before(), $head.after());
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** From the start of the first line inside back to the summary: the line stays where it is. */
export const backToSummary: Command = (state, dispatch) => {
  const $head = insideDetails(state);
  if (!$head || $head.parentOffset > 0 || $head.index(-1) > 0 || $head.index(-2) === 0) return false;
  const end = Selection.near(state.doc.resolve($head.before(-1)), -1);
  dispatch?.(state.tr.setSelection(end).scrollIntoView());
  return true;
};

/** The caret, when it is in a line right inside details. */
function insideDetails({ selection: { $head, empty } }: EditorState) {
  return empty && $head.depth > 2 && $head.node(-1).type.name === 'detailsContent' ? $head : null;
}

/** Nothing behind the end of a summary can be taken out from within it. */
export const atSummaryEnd: Command = ({ selection: { $head, empty } }) =>
  empty && $head.parent.type.name === 'detailsSummary' && $head.parentOffset === $head.parent.content.size;
