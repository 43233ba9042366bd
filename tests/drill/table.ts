import { add, type Tally } from './count.ts';
import { PEERS, type PeerName } from './peers.ts';
import { PHASE_NAMES, PHASES, type Row } from './phases.ts';

export type Outcome = { name: PeerName; row: Row } | { name: PeerName; failed: string };

/** All phases together, a line for each server. */
export function totals(outcomes: readonly Outcome[]): string {
  return drawn([
    ['', 'typed', 'acked', 'lost', 'lost after an ack', 'doubled'],
    ...outcomes.map((outcome) => {
      const { says } = PEERS[outcome.name];
      if ('failed' in outcome) return [says, 'did not take part'];
      const { typed, acked, lost, lostAfterAck, doubled } = total(outcome.row);
      return [says, `${typed}`, shown(acked), `${lost}`, shown(lostAfterAck), `${doubled}`];
    }),
  ]);
}

/** What was lost of what was typed in each phase, and how long it took until all who stayed had everything again. */
export function byPhase(outcomes: readonly Outcome[]): string {
  const rows = outcomes.flatMap((outcome) => ('row' in outcome ? [outcome] : []));
  return drawn([
    ['lost (caught up after)', ...rows.map(({ name }) => name)],
    ...PHASE_NAMES.map((phase) => [PHASES[phase], ...rows.map(({ row }) => cell(row[phase]))]),
  ]);
}

/** DR3: ours lost nothing that somebody was told is safe, and doubled nothing. All took part. */
export function kept(outcome: Outcome): boolean {
  if ('failed' in outcome) return false;
  const { lostAfterAck, doubled } = total(outcome.row);
  return !PEERS[outcome.name].ours || (lostAfterAck ?? 0) + doubled === 0;
}

function total(row: Row): Tally {
  return PHASE_NAMES.map((phase) => row[phase].tally).reduce(add);
}

function cell({ tally: { typed, lost }, caughtUp }: Row['type']): string {
  const share = lost === 0 ? '0' : `${lost} of ${typed}`;
  return caughtUp === null ? share : `${share} (${(caughtUp / 1000).toFixed(1)} s)`;
}

function shown(count: number | null): string {
  return count === null ? 'no acks' : String(count);
}

/** As Markdown, which is read as well where it is printed. */
function drawn(lines: string[][]): string {
  const columns = lines[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const line = (cells: string[]): string =>
    `| ${cells.map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const [head = [], ...body] = lines;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...body.map(line)].join('\n');
}
