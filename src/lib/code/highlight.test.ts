import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { GRAMMARS } from './grammars.ts';
import { highlight } from './highlight.ts';
import { CODE_LANGUAGES } from '#core/code/languages.ts';

const looks = (code: string, language: string) =>
  highlight(code, language).map(({ from, to, look }) => [code.slice(from, to), look]);

test('WR12: every language but plain text has a grammar, and no other has one', () => {
  const ids = CODE_LANGUAGES.map(({ id }) => id).filter((id) => id !== 'plaintext');
  expect(Object.keys(GRAMMARS).sort()).toEqual(ids.sort());
});

test.each([
  ['c', 'if (x) return 0x10; /* no */', ['return', 'keyword'], ['0x10', 'number'], ['/* no */', 'comment']],
  ['diff', '@@ -1 +1 @@\n-a\n+b', ['@@ -1 +1 @@', 'meta'], ['-a', 'removed'], ['+b', 'added']],
  ['dts', '/dts-v1/;\n/ { reg = <0x10>; };', ['/dts-v1/', 'keyword']],
  ['log', '[   12.345678] BUG: at do_it+0x10/0x20', ['[   12.345678]', 'comment'], ['BUG', 'removed']],
  ['rust', 'fn main() {}', ['fn', 'keyword'], ['main', 'title']],
  ['bash', 'if true; then echo "$X"; fi', ['if', 'keyword'], ['$X', 'number']],
])('WR12: %s is told apart: %j', (language, code, ...expected) => {
  expect(looks(code, language)).toEqual(expect.arrayContaining(expected));
});

test('WR12: plain text and unknown languages have no pieces', () => {
  for (const language of ['plaintext', 'klingon', 'constructor', '']) expect(highlight('int x;', language)).toEqual([]);
});

test('WR12: whatever the code, pieces are in order, do not overlap and lie within it', () => {
  const code = fc.array(
    fc.constantFrom(
      '"',
      "'",
      '/*',
      '*/',
      '\n',
      '+a',
      '-b',
      '@@',
      '#define X',
      '\\',
      '$(',
      '{',
      '}',
      '\u{1F600}',
      'int',
      '\t',
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(code, fc.constantFrom(...Object.keys(GRAMMARS)), (parts, language) => {
      const text = parts.join('');
      let end = 0;
      for (const { from, to } of highlight(text, language)) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        end = to;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 300 },
  );
}, 60_000);
