import { Extension } from '@tiptap/core';
import { GapCursor } from '@tiptap/pm/gapcursor';
import { Selection, TextSelection, type Command, type EditorState, type Transaction } from '@tiptap/pm/state';
import { addRow, deleteTable, toCell } from './table-changes.ts';
import { isEmptyTable, tablePlace, type TablePlace } from './table-place.ts';

/**
 * In a table Tab and Shift+Tab go from cell to cell, Enter goes down, both make what is missing below; Shift+Enter breaks the line.
 * Backspace and Delete stop at the edges of a cell.
 */
export const TableKeys = Extension.create({
  name: 'tableKeys',
  // Above lists and the breaks of lines.
  priority: 150,
  addKeyboardShortcuts() {
    const key = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch, this.editor.view);
    return {
      Tab: key(nextCell),
      'Shift-Tab': key(previousCell),
      Enter: key(downOrOut),
      'Mod-Enter': key((state, dispatch) => leave(state, dispatch, 1)),
      'Shift-Enter': key(breakLine),
      Backspace: key(atStart),
      Delete: key(atEnd),
      ArrowUp: key(up),
      ArrowDown: key(down),
    };
  },
});

const nextCell: Command = (state, dispatch, view) => {
  const place = tablePlace(state.selection.$head);
  if (!place) return false;
  const { table, row, column } = place;
  if (column + 1 < table.child(row).childCount) return go(state, dispatch, place, row, column + 1);
  if (row + 1 < table.childCount) return go(state, dispatch, place, row + 1, 0);
  return addRow(1)(state, dispatch, view);
};

const previousCell: Command = (state, dispatch) => {
  const place = tablePlace(state.selection.$head);
  if (!place) return false;
  const { row, column } = place;
  if (column > 0) return go(state, dispatch, place, row, column - 1);
  // In the first cell there is none before it, and the key does nothing else.
  return row === 0 || go(state, dispatch, place, row - 1, Infinity);
};

const downOrOut: Command = (state, dispatch) => {
  const place = tablePlace(state.selection.$head);
  if (!place) return false;
  const below = place.row + 1;
  return below < place.table.childCount ? go(state, dispatch, place, below, place.column) : leave(state, dispatch, 1);
};

const breakLine: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const hardBreak = state.schema.nodes['hardBreak'];
  if (!tablePlace($from) || !$from.sameParent($to) || !hardBreak) return false;
  dispatch?.(state.tr.replaceSelectionWith(hardBreak.create()).scrollIntoView());
  return true;
};

/** Nothing before the text of a cell can be taken out from within it; in an empty table the key takes the table. */
const atStart: Command = (state, dispatch, view) => {
  const place = cellWithCaret(state);
  if (!place || state.selection.$head.parentOffset > 0) return false;
  return !isEmptyTable(place.table) || deleteTable(state, dispatch, view);
};

const atEnd: Command = (state) => {
  const { $head } = state.selection;
  return cellWithCaret(state) !== null && $head.parentOffset === $head.parent.content.size;
};

/** By themselves browsers look for the next line to the left or right of the cell. */
const up: Command = (state, dispatch, view) => {
  const place = cellWithCaret(state);
  if (!place || view?.endOfTextblock('up') !== true) return false;
  return place.row > 0 ? go(state, dispatch, place, place.row - 1, place.column) : toGap(state, dispatch, -1);
};

const down: Command = (state, dispatch, view) => {
  const place = cellWithCaret(state);
  if (!place || view?.endOfTextblock('down') !== true) return false;
  const below = place.row + 1;
  return below < place.table.childCount ? go(state, dispatch, place, below, place.column) : toGap(state, dispatch, 1);
};

type Dispatch = ((tr: Transaction) => void) | undefined;

function cellWithCaret(state: EditorState): TablePlace | null {
  return state.selection.empty ? tablePlace(state.selection.$head) : null;
}

function go({ tr }: EditorState, dispatch: Dispatch, { at }: TablePlace, row: number, column: number): boolean {
  toCell(tr, at, row, column);
  dispatch?.(tr.scrollIntoView());
  return true;
}

/** Where there is no text beyond the table the caret stands in the gap, and what is typed there becomes a paragraph. */
function toGap(state: EditorState, dispatch: Dispatch, direction: 1 | -1): boolean {
  const $edge = edge(state, direction);
  if (!$edge) return false;
  const text = Selection.findFrom($edge, direction, true);
  const next = text && text.$head.depth > 0 ? text : new GapCursor($edge);
  dispatch?.(state.tr.setSelection(next).scrollIntoView());
  return true;
}

/** Leaves the table for the line below, which is made where there is none. */
function leave(state: EditorState, dispatch: Dispatch, direction: 1): boolean {
  const $edge = edge(state, direction);
  const paragraph = state.schema.nodes['paragraph'];
  if (!$edge || !paragraph) return false;
  const { tr } = state;
  if (!$edge.nodeAfter?.isTextblock) tr.insert($edge.pos, paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, $edge.pos + 1)).scrollIntoView());
  return true;
}

/** The place right after the table, or right before it. */
function edge(state: EditorState, direction: 1 | -1) {
  const place = tablePlace(state.selection.$head);
  return place && state.doc.resolve(direction > 0 ? place.at + place.table.nodeSize : place.at);
}
