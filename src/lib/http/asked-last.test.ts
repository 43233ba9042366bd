import { expect, test } from 'vitest';
import { askedLast } from './asked-last.ts';

test('an answer that was overtaken by the one to a later question does not count', () => {
  const ask = askedLast();
  const [first, second, third] = [ask(), ask(), ask()];
  expect([second(), first(), third()]).toEqual([true, false, true]);
});

test('answers in their order count all', () => {
  const ask = askedLast();
  for (let i = 0; i < 3; i += 1) expect(ask()()).toBe(true);
});
