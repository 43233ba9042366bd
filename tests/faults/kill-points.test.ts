import { expect, test } from 'vitest';
import { killRounds } from './kill-rounds.ts';

test.each(['before-commit', 'after-commit-before-ack', 'mid-snapshot', 'before-prune'])(
  'LO6, ST6: kill -9 at the point %s: nothing acked is lost, nothing is there twice',
  async (point) => {
    const report = await killRounds(4, 7, point);
    expect(report).toMatchObject({ rounds: 4, lost: [], doubled: [] });
    expect(report.killedByFault).toBeGreaterThan(0);
  },
  120_000,
);
