import type { Node, Schema } from '@tiptap/pm/model';
import { Selection, TextSelection, type Command, type EditorState, type Transaction } from '@tiptap/pm/state';
import { canInsertBlock, insertBlock } from './insert-block.ts';
import { cellStart, columnsOf, rowStart, tablePlace, type TablePlace } from './table-place.ts';

/*
 * What can be done to a table. Each is one change that touches the rows and cells it is about and no others, so that what others do
 * to the table at the same time stays: a row that came in meanwhile is then a cell shorter, which every reader of a note bears.
 */

const NEW_COLUMNS = 3;
const NEW_ROWS = 3;

/** Puts in an empty table and leads to its first cell. */
export const insertTable: Command = (state, dispatch) => {
  if (!canInsertBlock(state, type(state.schema, 'table'))) return false;
  if (!dispatch) return true;
  const rows = Array.from({ length: NEW_ROWS }, () => emptyRow(state.schema, NEW_COLUMNS));
  const { tr, at } = insertBlock(state, type(state.schema, 'table').create(null, rows));
  dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 3)).scrollIntoView());
  return true;
};

/** `beside` is 0 for before the row of the caret and 1 for after it. */
export const addRow = (beside: 0 | 1): Command =>
  inTable((place, state, tr) => {
    const row = place.row + beside;
    tr.insert(rowStart(place, row), emptyRow(state.schema, columnsOf(place.table)));
    toCell(tr, place.at, row, beside === 1 ? 0 : place.column);
  });

/** `beside` is 0 for left of the caret's column and 1 for right of it. A row too short for the column stays as it is. */
export const addColumn = (beside: 0 | 1): Command =>
  inTable((place, state, tr) => {
    const column = place.column + beside;
    for (let row = place.table.childCount - 1; row >= 0; row -= 1)
      if (place.table.child(row).childCount >= column)
        tr.insert(cellStart(place, row, column), type(state.schema, 'tableCell').create());
    toCell(tr, place.at, place.row, column);
  });

/** Takes out the row of the caret; the last one takes the table with it. */
export const deleteRow: Command = inTable((place, _state, tr) => {
  if (place.table.childCount === 1) return takeOut(place, tr);
  tr.delete(rowStart(place, place.row), rowStart(place, place.row + 1));
  toCell(tr, place.at, Math.min(place.row, place.table.childCount - 2), place.column);
});

/** Takes out the column of the caret; the last one takes the table with it. */
export const deleteColumn: Command = inTable((place, _state, tr) => {
  if (columnsOf(place.table) === 1) return takeOut(place, tr);
  for (let row = place.table.childCount - 1; row >= 0; row -= 1)
    if (place.table.child(row).childCount > place.column)
      tr.delete(cellStart(place, row, place.column), cellStart(place, row, place.column + 1));
  toCell(tr, place.at, place.row, Math.max(0, place.column - 1));
});

export const deleteTable: Command = inTable((place, _state, tr) => takeOut(place, tr));

function inTable(change: (place: TablePlace, state: EditorState, tr: Transaction) => void): Command {
  return (state, dispatch) => {
    const place = tablePlace(state.selection.$head);
    if (!place) return false;
    if (!dispatch) return true;
    const { tr } = state;
    change(place, state, tr);
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** A paragraph takes its place, so that the caret stays where the table was. */
function takeOut({ table, at }: TablePlace, tr: Transaction): void {
  tr.replaceWith(at, at + table.nodeSize, type(table.type.schema, 'paragraph').create());
  tr.setSelection(TextSelection.create(tr.doc, at + 1));
}

/** Puts the caret at the end of a cell, or of the nearest one that is there. */
export function toCell(tr: Transaction, at: number, row: number, column: number): void {
  const table = tr.doc.nodeAt(at);
  const cells = table?.maybeChild(row);
  if (!table || !cells || cells.childCount === 0) return;
  const start = cellStart({ table, at }, row, Math.min(column, cells.childCount - 1));
  const end = start + (tr.doc.nodeAt(start)?.nodeSize ?? 2) - 1;
  tr.setSelection(Selection.near(tr.doc.resolve(end), -1));
}

function emptyRow(schema: Schema, columns: number): Node {
  const cells = Array.from({ length: columns }, () => type(schema, 'tableCell').create());
  return type(schema, 'tableRow').create(null, cells);
}

function type(schema: Schema, name: string) {
  const found = schema.nodes[name];
  if (!found) throw new Error(`The schema has no ${name}.`);
  return found;
}
