import { damagedPages } from './bad-pages.ts';
import { flushErrors, noFlushErrors } from './flush-error.ts';
import { walCuts } from './wal-cut.ts';

type Say = (line: string, good: boolean) => void;

export async function cutWal(offsets: number, seed: number, say: Say): Promise<void> {
  if (offsets === 0) return;
  const { broken, ...sum } = await walCuts({ frames: 800, offsets, starts: 10 }, seed);
  const what = `${sum.cuts} cuts of ${sum.frames} frames, ${sum.transactions} transactions`;
  sayBroken(`WAL: ${what}, ${sum.starts} starts, ${sum.acked} acked`, broken, say);
}

export async function failFlushes(count: number, say: Say): Promise<void> {
  if (count === 0) return;
  const why = noFlushErrors();
  if (why !== null) return say(`failing flushes: skipped here, ${why}`, true);
  const all = Array.from({ length: count }, (_, i) => i + 1);
  // Two servers side by side: a round is mostly waiting for its disk.
  const lanes = await Promise.all([0, 1].map((lane) => flushErrors(all.filter((n) => n % 2 === lane))));
  const sum = (of: 'failed' | 'atStart' | 'acked'): number => lanes.reduce((sum, lane) => sum + lane[of], 0);
  sayBroken(
    `failing flushes: ${sum('failed')} (${sum('atStart')} before it listened), ${sum('acked')} acked`,
    lanes.flatMap(({ broken }) => broken),
    say,
  );
}

export async function damagePages(count: number, seed: number, say: Say): Promise<void> {
  if (count === 0) return;
  const { broken, ...sum } = await damagedPages(count, seed);
  const opened = `${sum.equal} notes as they were, ${sum.refused} refused, ${sum.closed} databases refused whole`;
  sayBroken(`pages: ${sum.damages} damaged, ${sum.touched} of them of notes, ${opened}`, broken, say);
}

function sayBroken(what: string, broken: readonly string[], say: Say): void {
  say(`${what}, ${broken.length} promises broken`, broken.length === 0);
  for (const line of broken.slice(0, 20)) say(line, false);
}
