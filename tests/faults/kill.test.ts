import { expect, test } from 'vitest';
import { killRounds } from './kill-rounds.ts';

test('LO6, ST6: kill -9 at 50 random moments under 8 writers: nothing acked is lost, nothing is there twice', async () => {
  const report = await killRounds(50, 20261123);
  expect(report).toMatchObject({ rounds: 50, lost: [], doubled: [] });
  expect(report.acked).toBeGreaterThan(0);
}, 300_000);
