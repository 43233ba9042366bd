import { expect, test } from 'vitest';
import { reconnects } from './reconnects.ts';

test('NW2, test 14: 200 come back within half a second: none fails, and who stayed goes on reading what is typed', async () => {
  const report = await reconnects(200, 500, 7);
  expect(report.failed).toEqual([]);
  expect(report.keys).toBeGreaterThan(0);
  expect(report.read).toBe(report.keys);
}, 120_000);
