import type { Figures, ScenarioName } from './scenarios.ts';
import type { ServerName } from './peers/kind.ts';

/** All runs of one server in one scenario; a string says why there are none. */
export type Row = { server: ServerName; runs: Figures[] } | { server: ServerName; why: string };

interface Column {
  head: string;
  /** NaN is shown as a dash. */
  value(runs: Figures[], floor: Figures[] | null): number;
  digits: number;
}

interface Goal {
  says: string;
  limit: number;
  column: Column;
}

const MB = 1024 * 1024;

function of(head: string, name: string, digits: number, scale = 1): Column {
  return { head, digits, value: (runs) => median(runs.map((run) => (run[name] ?? Number.NaN) * scale)) };
}

const cpu = of('CPU µs/delivered', 'cpuMicros', 1);
/** Ratio of each run to the floor of the same round, then the median: a slow minute of the machine hits both. */
const ratio: Column = {
  head: 'x floor',
  digits: 2,
  value: (runs, floor) =>
    median(runs.map((run, index) => (run.cpuMicros ?? Number.NaN) / (floor?.[index]?.cpuMicros ?? Number.NaN))),
};
const p99 = of('p99 ms', 'p99', 1);
/** Worst run, not the median: one lost key is one too many. */
const lost: Column = {
  head: 'lost',
  digits: 0,
  value: (runs) => Math.max(...runs.map((run) => run.lost ?? Number.NaN)),
};
const perPeer = of('kB/peer', 'bytesPerPeer', 1, 1 / 1024);
const firstOpen = of('first after restart ms', 'coldMs', 0);
const openAtOnce = of('50 at once ms', 'atOnceMs', 0);

const TYPING = [
  of('p50 ms', 'p50', 1),
  of('p95 ms', 'p95', 1),
  p99,
  cpu,
  ratio,
  of('memory +MB', 'memoryGrowth', 1, 1 / MB),
  of('kB/client', 'bytesPerClient', 1, 1 / 1024),
  of('reads/delivered', 'readsPerDelivered', 2),
  lost,
  of('server busy %', 'serverBusy', 0, 100),
  of('generator busy %', 'generatorBusy', 0, 100),
];

const COLUMNS: Record<ScenarioName, Column[]> = {
  a: TYPING,
  b: TYPING,
  c: TYPING,
  acks: [of('ack p50 ms', 'ackP50', 1), of('ack p99 ms', 'ackP99', 1), ...TYPING],
  idle: [perPeer, of('connect s', 'connectMs', 1, 1 / 1000)],
  cold: [firstOpen, of('one more ms', 'warmMs', 0), openAtOnce, of('note kB', 'noteBytes', 0, 1 / 1024)],
  kill: [lost, of('restart ms', 'restartMs', 0)],
};

const nothingLost: Goal = { says: 'nothing lost', limit: 0, column: lost };
const GOALS: Record<ScenarioName, Goal[]> = {
  a: [
    { says: 'CPU <= 0.5 x floor', limit: 0.5, column: ratio },
    { says: 'p99 <= 40 ms', limit: 40, column: p99 },
    nothingLost,
  ],
  b: [
    { says: 'CPU <= 0.4 x floor', limit: 0.4, column: ratio },
    { says: 'p99 <= 40 ms', limit: 40, column: p99 },
    nothingLost,
  ],
  c: [{ says: 'CPU <= 1.0 x floor', limit: 1, column: ratio }, nothingLost],
  acks: [nothingLost],
  idle: [{ says: '<= 10 kB per idle peer', limit: 10, column: perPeer }],
  cold: [
    { says: 'first open after restart <= 100 ms', limit: 100, column: firstOpen },
    { says: '50 opening at once <= 300 ms', limit: 300, column: openAtOnce },
  ],
  kill: [nothingLost],
};

/** The table of one scenario and, under it, each goal with what Plumbline reached. */
export function tableOf(scenario: ScenarioName, rows: Row[]): string {
  const columns = COLUMNS[scenario];
  const floor = runsOf(rows, 'floor');
  const lines = [['server', ...columns.map((column) => column.head)]];
  for (const row of rows) {
    if ('why' in row) lines.push([row.server, row.why]);
    else lines.push([row.server, ...columns.map((column) => shown(column.value(row.runs, floor), column.digits))]);
  }
  return [...aligned(lines), ...verdicts(scenario, rows)].join('\n');
}

function verdicts(scenario: ScenarioName, rows: Row[]): string[] {
  const runs = runsOf(rows, 'plumbline');
  if (!runs) return [];
  return GOALS[scenario].map(({ says, limit, column }) => {
    const value = column.value(runs, runsOf(rows, 'floor'));
    const verdict = Number.isNaN(value) ? 'not measured' : value <= limit ? 'met' : 'NOT MET';
    return `  goal: ${says}: ${shown(value, column.digits)}, ${verdict}`;
  });
}

function runsOf(rows: Row[], server: ServerName): Figures[] | null {
  const row = rows.find((one) => one.server === server);
  return row && 'runs' in row ? row.runs : null;
}

function aligned(lines: string[][]): string[] {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.filter((line) => line.length > 2 || column === 0).map((line) => line[column]?.length ?? 0)),
  );
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

function shown(value: number, digits: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(digits);
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
