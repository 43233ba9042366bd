/** One figure: its runs, and what it should be at most. */
export interface Line {
  says: string;
  unit: string;
  goal: number | null;
  values: number[];
  /** The same of the floor. */
  floor?: number[];
  digits?: number;
}

/** Medians beside their goals. */
export function pageTable(lines: Line[]): string {
  const rows = [['', 'goal', 'median', 'worst', 'floor', '']];
  for (const { says, unit, goal, values, floor, digits = 0 } of lines) {
    const show = (value: number): string => `${value.toFixed(digits)}${unit && ` ${unit}`}`;
    const value = median(values);
    rows.push([
      says,
      goal === null ? '' : `<= ${goal}${unit && ` ${unit}`}`,
      show(value),
      show(Math.max(...values)),
      floor ? show(median(floor)) : '',
      goal === null ? '' : value <= goal ? 'met' : 'NOT MET',
    ]);
  }
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[0] ?? 0))).join('  '),
    )
    .join('\n');
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
