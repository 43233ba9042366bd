import { stack } from './layout.ts';
import type { Layout } from './layout.ts';
import { columns, wrapRuns } from './wrap.ts';
import type { Run } from './wrap.ts';

/*
 * Tables of plain text. A row and a cell are blocks like any other, so that they can stand where no table is; a table takes them
 * apart again.
 */

interface Cell extends Layout {
  runs: Run[];
}

interface Row extends Layout {
  cells: Cell[];
}

export function tableCell(runs: Run[]): Cell {
  return Object.assign((width: number) => wrapRuns(runs, width), { runs });
}

export function tableRow(cells: Layout[]): Layout {
  const row = stack(cells, []);
  return cells.every(isCell) ? Object.assign(row, { cells }) : row;
}

const isCell = (block: Layout): block is Cell => 'runs' in block;
const isRow = (block: Layout): block is Row => 'cells' in block;

/**
 * Drawn in columns when that fits the width; else row by row, each value after the name of its column. Where something else stands
 * in place of a row, as in a note too deep, one under the other.
 */
export function tableLayout(blocks: Layout[]): Layout {
  if (!blocks.every(isRow)) return stack(blocks);
  const rows = blocks.map((row) => row.cells);
  return (width) => drawn(rows, width) ?? rowByRow(rows)(width);
}

const BETWEEN = ' | ';

function drawn(rows: Cell[][], width: number): string[] | null {
  const lines = rows.map((cells) => cells.map((cell) => cell(Number.POSITIVE_INFINITY)));
  const widths: number[] = [];
  for (const row of lines)
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 1, ...cell.slice(0, MOST_LINES).map(columns))));
  const total = widths.reduce((sum, each) => sum + each, BETWEEN.length * (widths.length - 1));
  if (total > width || lines.some((row) => row.some((cell) => cell.length > MOST_LINES))) return null;
  const [header = [], ...body] = lines;
  const rule = widths.map((each) => '-'.repeat(each)).join('-+-');
  return [...drawRow(header, widths), rule, ...body.flatMap((row) => drawRow(row, widths))];
}

/** Lines of a cell; one with more is no cell to be drawn. */
const MOST_LINES = 20;

function drawRow(cells: string[][], widths: number[]): string[] {
  const height = Math.max(1, ...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, i) => pad(cells[i]?.[line] ?? '', width))
      .join(BETWEEN)
      .trimEnd(),
  );
}

const pad = (words: string, width: number) => words + ' '.repeat(Math.max(0, width - columns(words)));

function rowByRow([header = [], ...body]: Cell[][]): Layout {
  if (body.length === 0) return stack(header, []);
  const rows = body.map((cells) =>
    stack(
      cells.map((cell, i) => tableCell(named(header[i], cell))),
      [],
    ),
  );
  // Columns that no row has a value for.
  const bare = header.slice(body.reduce((most, cells) => Math.max(most, cells.length), 0));
  return stack(bare.length > 0 ? [...rows, stack(bare, [])] : rows);
}

function named(name: Cell | undefined, { runs }: Cell): Run[] {
  if (!name || name.runs.length === 0) return runs;
  return [...name.runs, { kind: 'text', text: ': ' }, ...runs];
}
