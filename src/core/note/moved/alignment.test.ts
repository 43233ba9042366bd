import { fc } from '../../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { alignment, pairs } from './alignment.ts';

test.each([
  ['the same', 'see it', 'see it', 'see it'],
  ['a typed sign less', '## see it', 'see it', 'see it'],
  ['a sign like the text', '# #see', '#see', '#see'],
  ['something before it', 'see', 'x see', 'see'],
  ['something in it', 'see it', 'see Xit', 'see it'],
  ['a piece of it less', 'see xx it', 'see it', 'see it'],
  ['doubled signs', 'aa', 'aaa', 'aa'],
  ['nothing of it', 'abc', 'xyz', ''],
  ['nothing', '', '', ''],
])('WR11: %s: characters are found in the new text', (_, old, now, common) => {
  expect(
    alignment(old, now)
      .map(({ from, length }) => old.slice(from, from + length))
      .join(''),
  ).toBe(common);
});

const words = fc.string({ unit: fc.constantFrom('a', 'b', '#'), maxLength: 8 });

test('WR11: each character found is the same one in both texts, in order and once', () => {
  fc.assert(
    fc.property(words, words, (old, now) => {
      let [from, to] = [0, 0];
      for (const stretch of alignment(old, now)) {
        expect(stretch.from).toBeGreaterThanOrEqual(from);
        expect(stretch.to).toBeGreaterThanOrEqual(to);
        [from, to] = [stretch.from + stretch.length, stretch.to + stretch.length];
        expect(old.slice(stretch.from, from)).toBe(now.slice(stretch.to, to));
      }
      expect(from).toBeLessThanOrEqual(old.length);
      expect(to).toBeLessThanOrEqual(now.length);
    }),
  );
});

const at = (place: number, ...texts: string[]) => texts.map((text) => ({ text, place }));

test.each([
  ['a block of another kind', at(0, '# see'), at(0, 'see'), ['0>0']],
  ['a sign alone', at(0, '# '), at(0, ''), ['0>0']],
  ['an empty block of another kind', at(0, ''), at(0, ''), ['0>0']],
  ['a moved block', at(0, 'see'), at(4, 'see'), ['0>0']],
  ['equal blocks, in their order', at(0, 'ok', 'ok'), at(1, 'ok', 'ok'), ['0>0', '1>1']],
  ['the equal one at the place first', at(3, 'ok'), [...at(0, 'ok'), ...at(3, 'ok')], ['0>1']],
  ['several blocks in one list', at(0, 'a', 'b', ''), at(0, 'a', 'b', ''), ['0>0', '1>1', '2>2']],
  ['a deleted block', at(0, 'see'), [], []],
  ['another text instead', at(0, 'see it'), at(0, 'new'), []],
  ['an empty block elsewhere', at(0, 'see it'), at(1, ''), []],
])('WR11: %s: which new text takes the place of which', (_, out, put, expected) => {
  expect(pairs(out, put).map(({ from, to }) => `${from}>${to}`)).toEqual(expected);
});
