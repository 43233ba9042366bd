import { expect, test } from 'vitest';
import { dueWords } from './due-words.ts';

test.each([
  ['2023-12-01', '1 Dec 2023'],
  ['2023-13-01', '2023-13-01'],
  ['before v6.20', 'before v6.20'],
])('BO1 OU11: due "%s" reads "%s" in note, list and board', (due, words) => {
  expect(dueWords(due)).toBe(words);
});
