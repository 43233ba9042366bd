import { expect, test } from 'vitest';
import { RETRY_MAX_MS, RETRY_MIN_MS, retryDelay } from './backoff.ts';

test('CL4: every wait lies between 0.5 and 30 s, and reaches both ends', () => {
  for (let attempt = 0; attempt < 40; attempt++)
    for (const random of [0, 0.3, 0.999_999]) {
      const ms = retryDelay(attempt, () => random);
      expect(ms).toBeGreaterThanOrEqual(RETRY_MIN_MS);
      expect(ms).toBeLessThanOrEqual(RETRY_MAX_MS);
    }
  expect(retryDelay(30, () => 0)).toBe(RETRY_MIN_MS);
  expect(retryDelay(30, () => 0.999_999)).toBeGreaterThan(29_900);
});

test('CL4: the jitter is full: the whole span below the ceiling is used, and the ceiling grows', () => {
  const spans = [0, 1, 2, 3].map((attempt) => retryDelay(attempt, () => 0.999_999) - retryDelay(attempt, () => 0));
  expect(spans.map(Math.round)).toEqual([500, 1500, 3500, 7500]);
});
