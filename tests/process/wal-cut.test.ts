import { expect, test } from 'vitest';
import { walCuts } from '../faults/wal-cut.ts';

test('DK1 (T3): a WAL cut or garbled anywhere leaves the last whole transaction, the server starts, and who comes back misses nothing', async () => {
  const report = await walCuts({ frames: 60, offsets: 40, starts: 1 }, 20261123);
  expect(report.broken).toEqual([]);
  expect(report.transactions).toBeGreaterThan(5);
  expect(report.acked).toBeGreaterThan(0);
}, 120_000);
