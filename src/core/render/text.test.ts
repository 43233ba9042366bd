import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { parseMarkdown } from '../note/markdown.ts';
import { renderText } from './text.ts';
import { COLUMNS, columns, wrapRuns } from './wrap.ts';
import type { Run } from './wrap.ts';

const text = (markdown: string) => renderText(parseMarkdown(markdown));
const WORDS = 'The quick brown fox jumps over the lazy dog again and again. ';
const URL = `https://lore.kernel.org/all/${'x'.repeat(80)}@example.org/`;
const ID = `<${'20231108.nesting-v7-'.repeat(5)}@example.org>`;

const CASES: [string, string, string][] = [
  [
    'paragraphs wrap at 72',
    WORDS.repeat(2),
    'The quick brown fox jumps over the lazy dog again and again. The quick\nbrown fox jumps over the lazy dog again and again.\n',
  ],
  ['addresses do not', `see ${URL} there`, `see\n${URL}\nthere\n`],
  ['Message-IDs do not', `see ${ID} there`, `see\n${ID}\nthere\n`],
  ['code blocks are exact', `\`\`\`c\n${WORDS.repeat(2)}\n\n\tx  y\n\`\`\``, `    ${WORDS.repeat(2)}\n\n    \tx  y\n`],
  [
    'code in a line is kept together',
    `${'word '.repeat(12)}\`make O=build -j 8\` end`,
    `${'word '.repeat(12).trim()}\n\`make O=build -j 8\` end\n`,
  ],
  ['spaces inside a line stay', 'Chair: Mara    Notes: Tomas', 'Chair: Mara    Notes: Tomas\n'],
  [
    'quotes keep their prefix',
    `> ${WORDS.repeat(2)}\n>\n> > ${WORDS.repeat(2)}`,
    '> The quick brown fox jumps over the lazy dog again and again. The quick\n> brown fox jumps over the lazy dog again and again.\n>\n> > The quick brown fox jumps over the lazy dog again and again. The\n> > quick brown fox jumps over the lazy dog again and again.\n',
  ],
  [
    'lists hang',
    `- ${WORDS.repeat(2)}\n  1. ${WORDS.repeat(2)}`,
    '- The quick brown fox jumps over the lazy dog again and again. The quick\n  brown fox jumps over the lazy dog again and again.\n  1. The quick brown fox jumps over the lazy dog again and again. The\n     quick brown fox jumps over the lazy dog again and again.\n',
  ],
  ['numbers go on', '9. a\n10. b', '9. a\n10. b\n'],
  ['items of several blocks', '- a\n\n  b\n- c', '- a\n\n  b\n\n- c\n'],
  ['headings', '# One\n\n## Two\n\n### Three', 'One\n===\n\nTwo\n---\n\nThree\n'],
  ['wide letters take two columns', '# 日本', '日本\n====\n'],
  ['marks', '**b** _i_ ~~s~~ <u>u</u> `c`', '*b* _i_ ~s~ u `c`\n'],
  [
    'links show where they lead',
    '[here](https://a.b/) <https://a.b/> <mailto:a@b.c>',
    'here <https://a.b/> https://a.b/ mailto:a@b.c\n',
  ],
  ['breaks and empty lines', 'a\nb\n\n&nbsp;\n\nc', 'a\nb\n\n\n\nc\n'],
  [
    'tables that fit are drawn',
    '| Patch | State |\n|---|---|\n| 日本 | posted<br>twice |\n| v7 |',
    'Patch | State\n------+-------\n日本  | posted\n      | twice\nv7    |\n',
  ],
  [
    'wide tables are told row by row',
    `| Patch | Remark | |\n|---|---|---|\n| v7 | ${WORDS.repeat(2)} | x |\n| v8 | none |`,
    'Patch: v7\nRemark: The quick brown fox jumps over the lazy dog again and again. The\nquick brown fox jumps over the lazy dog again and again.\nx\n\nPatch: v8\nRemark: none\n',
  ],
  [
    'names of columns that no row has a value for are told too',
    `| ${'x'.repeat(40)} | ${'y'.repeat(40)} |\n|---|---|\n| v7 |`,
    `${'x'.repeat(40)}: v7\n\n${'y'.repeat(40)}\n`,
  ],
  [
    'a table in a list has less room',
    `- | a | b |\n  |---|---|\n  | ${'x'.repeat(34)} | ${'y'.repeat(34)} |`,
    `- a: ${'x'.repeat(34)}\n  b: ${'y'.repeat(34)}\n`,
  ],
  ['details', '<details>\n<summary>More **here**</summary>\n\na\n\n- b\n\n</details>', 'More *here*\n\n  a\n\n  - b\n'],
  ['callouts', '> [!WARNING]\n> a\n>\n> b', 'Warning:\n  a\n\n  b\n'],
  [
    'images',
    '![Two *stages*](/files/0123456789abcdefghijklmnop-640x480.png)\n![](/files/0123456789abcdefghijklmnop-640x480.png)',
    'Image: Two stages, /files/0123456789abcdefghijklmnop-640x480.png\n\nImage: /files/0123456789abcdefghijklmnop-640x480.png\n',
  ],
  ['rules', '---', `${'-'.repeat(72)}\n`],
];

test.each(CASES)('TX3: mail text: %s', (_, markdown, expected) => {
  expect(text(markdown)).toBe(expected);
});

test('TX3: control characters and direction overrides do not reach a terminal', () => {
  expect(text('a&#27;[31m b\u202ec &#7;')).toBe('a␛[31m b\ufffdc ␇\n');
  expect(text('```\n\u001b]0;title\u0007\n```')).toBe('    ␛]0;title␇\n');
});

const run = fc.record({
  kind: fc.constantFrom('text' as const, 'solid' as const),
  text: fc.string({ unit: fc.constantFrom('a', 'b', ' ', '  ', '日', 'é', '-', '>', '/') }),
});
const runs: fc.Arbitrary<Run[]> = fc.array(fc.oneof(run, fc.constant<Run>({ kind: 'break' })), { maxLength: 12 });

test('TX3: a line is too long only when it could not be broken, and no word is lost or moved', () => {
  fc.assert(
    fc.property(runs, fc.integer({ min: 8, max: 30 }), (list, width) => {
      const lines = wrapRuns(list, width);
      const source = list.map((each) => (each.kind === 'break' ? '\n' : each.text)).join('');
      expect(lines.join(' ').split(/\s+/).join('')).toBe(source.replace(/\s+/g, ''));
      const solids = list.filter((each) => each.kind === 'solid' && each.text.includes(' '));
      if (solids.length > 0) return;
      for (const line of lines)
        if (columns(line) > width) expect(line.trim().replace(/ +>/g, '>').split(/ +/)).toHaveLength(1);
    }),
    { examples: [[[{ kind: 'text', text: 'a  aaa >a' }], 8]] },
  );
});

test('TX3: prose keeps to 72 columns however it is nested', () => {
  const nesting = fc.array(fc.constantFrom('> ', '- ', '1. ', '10) '), { maxLength: 8 });
  fc.assert(
    fc.property(nesting, fc.integer({ min: 1, max: 4 }), (prefixes, times) => {
      const lines = text(prefixes.join('') + WORDS.repeat(times)).split('\n');
      for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(COLUMNS);
      expect(lines.join(' ').match(/[A-Za-z]+/g)).toEqual(WORDS.repeat(times).match(/[A-Za-z]+/g));
    }),
  );
});

test('TX3: tables keep to 72 columns however they are nested, and lose no word', () => {
  const cells = fc.array(fc.constantFrom('a', 'iommufd nesting', WORDS.trim(), '日本', 'x<br>y', ''), {
    minLength: 3,
    maxLength: 3,
  });
  const nesting = fc.array(fc.constantFrom('> ', '- ', '1. '), { maxLength: 4 });
  fc.assert(
    fc.property(nesting, fc.array(cells, { minLength: 1, maxLength: 4 }), (prefixes, rows) => {
      const indent = prefixes.map((each) => (each === '> ' ? each : ' '.repeat(each.length))).join('');
      const source = [rows[0], ['-', '-', '-'], ...rows.slice(1)].map((row) => `| ${row?.join(' | ')} |`);
      const lines = text(source.map((line, i) => (i === 0 ? prefixes.join('') : indent) + line).join('\n')).split('\n');
      for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(COLUMNS);
      for (const word of rows.flat().join(' ').replaceAll('<br>', ' ').split(' '))
        expect(lines.join('\n')).toContain(word);
    }),
  );
});
