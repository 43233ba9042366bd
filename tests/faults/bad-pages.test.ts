import { expect, test } from 'vitest';
import { damagedPages } from './bad-pages.ts';

test('DK4 (T6): with random bytes overwritten anywhere a note says what it said or is refused; verify finds each damage of one', async () => {
  const report = await damagedPages(20, 20261123);
  expect(report.broken).toEqual([]);
  expect(report.touched).toBeGreaterThan(0);
  expect(report.refused).toBeGreaterThan(0);
  expect(report.equal).toBeGreaterThan(0);
}, 120_000);
