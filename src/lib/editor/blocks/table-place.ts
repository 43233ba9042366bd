import type { Node, ResolvedPos } from '@tiptap/pm/model';

/** Where in a table a place of the note is. Rows and columns count from 0. */
export interface TablePlace {
  table: Node;
  /** Of the table in the note. */
  at: number;
  row: number;
  column: number;
}

/** The innermost cell around a place; null outside of tables. */
export function tablePlace($at: ResolvedPos): TablePlace | null {
  for (let depth = $at.depth; depth >= 3; depth -= 1)
    if ($at.node(depth).type.name === 'tableCell')
      return {
        table: $at.node(depth - 2),
        at: $at.before(depth - 2),
        row: $at.index(depth - 2),
        column: $at.index(depth - 1),
      };
  return null;
}

/** Where a row begins, or where one would be put in there. */
export function rowStart({ table, at }: Pick<TablePlace, 'table' | 'at'>, row: number): number {
  let start = at + 1;
  for (let i = 0; i < row; i += 1) start += table.child(i).nodeSize;
  return start;
}

/** Where a cell begins, or where one would be put in there. */
export function cellStart(place: Pick<TablePlace, 'table' | 'at'>, row: number, column: number): number {
  const cells = place.table.child(row);
  let start = rowStart(place, row) + 1;
  for (let i = 0; i < column; i += 1) start += cells.child(i).nodeSize;
  return start;
}

/** As many columns as the longest row has: others may have made them of different lengths. */
export function columnsOf(table: Node): number {
  return table.children.reduce((most, row) => Math.max(most, row.childCount), 0);
}

/** Nothing is in any of its cells. */
export function isEmptyTable(table: Node): boolean {
  return table.children.every((row) => row.children.every((cell) => cell.content.size === 0));
}
