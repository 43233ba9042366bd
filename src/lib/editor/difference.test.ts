import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { difference, onto } from './difference.ts';

/** A text with the carried difference made in it. */
function made(text: string, { at, text: into, cuts }: ReturnType<typeof onto>): string {
  let left = text;
  for (const [from, to] of [...cuts].reverse()) left = left.slice(0, from) + left.slice(to);
  return left.slice(0, at) + into + left.slice(at);
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀', '😁') });

test('a difference makes the one text the other, and cuts no character in two', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const mine = difference(before, after);
      expect(made(before, onto(mine, difference(before, before)))).toBe(after);
      expect(mine.text.isWellFormed()).toBe(true);
    }),
  );
});

test('what others wrote is there after it, whole', () => {
  fc.assert(
    fc.property(text, text, text, (before, mine, theirs) => {
      const wrote = difference(before, theirs);
      expect(made(theirs, onto(difference(before, mine), wrote))).toContain(wrote.text);
    }),
  );
});

test.each([
  ['the list', 'the archive', 'the long list', 'the long archive'],
  ['the list', 'a list', 'the list of all', 'a list of all'],
  ['the list here', 'all', 'the long list here', 'alllong '],
  ['see this', 'see', 'see that', 'seethat'],
  ['', 'words', 'theirs ', 'theirs words'],
])('of “%s” one makes “%s” and others “%s”: “%s”', (before, mine, theirs, both) => {
  expect(made(theirs, onto(difference(before, mine), difference(before, theirs)))).toBe(both);
});
