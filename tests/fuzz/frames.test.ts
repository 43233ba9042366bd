import { expect, test } from 'vitest';
import { frameRounds } from './frames.ts';

test('SY4, SY5: 100,000 mutated frames close their senders at most, and no frame costs more than 250 ms of CPU', async () => {
  const report = await frameRounds(100_000, 42);
  expect(report.frames).toBe(100_000);
  expect(report.closed).toBeGreaterThan(10_000);
  expect(report.longestMs).toBeLessThan(250);
}, 300_000);
