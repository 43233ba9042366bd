import { describe, expect, test } from 'vitest';
import { killRounds } from './kill-rounds.ts';

describe('LO6, ST6: kill -9', () => {
  test('at 50 random moments under 8 writers: nothing acked is lost, nothing is there twice', async () => {
    const report = await killRounds(50, 20261123);
    expect(report).toMatchObject({ rounds: 50, lost: [], doubled: [] });
    expect(report.acked).toBeGreaterThan(0);
  }, 300_000);

  test.each(['before-commit', 'after-commit-before-ack', 'mid-snapshot', 'before-prune'])(
    'at the point %s: nothing acked is lost, nothing is there twice',
    async (point) => {
      const report = await killRounds(4, 7, point);
      expect(report).toMatchObject({ rounds: 4, lost: [], doubled: [] });
      expect(report.killedByFault).toBeGreaterThan(0);
    },
    120_000,
  );
});
