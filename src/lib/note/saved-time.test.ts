import { expect, test } from 'vitest';
import { savedTime } from './saved-time.ts';

test('CL2: a time of another day says so', () => {
  const at = new Date(2023, 10, 14, 12, 24, 7).getTime();
  expect(savedTime(at, new Date(2023, 10, 14, 23, 59).getTime())).toBe('12:24');
  expect(savedTime(at, at, { seconds: true })).toBe('12:24:07');
  expect(savedTime(at, new Date(2023, 10, 15, 0, 1).getTime())).toBe('Tue 14 Nov, 12:24');
  expect(savedTime(at, new Date(2023, 10, 21, 12, 24).getTime())).toBe('Tue 14 Nov, 12:24');
});
