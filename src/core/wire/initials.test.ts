import { expect, test } from 'vitest';
import { initials } from './initials.ts';

test.each([
  ['Mara Lindqvist', 'ML'],
  ['Mara Eva Lindqvist (guest)', 'ML'],
  ['Ada', 'AD'],
  ['A', 'A'],
  ['Ørsted', 'ØR'],
  ['unnamed', '?'],
])('PG2: the initials of %s are %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
