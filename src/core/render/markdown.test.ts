import { readFileSync } from 'node:fs';
import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { arbitraryNote, withoutAnchors, withoutIds } from '../../../tests/support/arbitrary-note.ts';
import { parseMarkdown } from '../note/markdown.ts';
import { plainText } from '../note/outline.ts';
import type { NoteNode } from '../note/json.ts';
import { readOutcome } from '../outcomes/read.ts';
import { renderMarkdown } from './markdown.ts';

/** Milliseconds; generated cases take long on a busy machine. */
const SLOW = 60_000;

const again = (markdown: string) => renderMarkdown(parseMarkdown(markdown));

test(
  'TX2: note > Markdown > note is equal for every note of the schema',
  () => {
    fc.assert(
      fc.property(arbitraryNote(), (note) => {
        expect(parseMarkdown(renderMarkdown(note))).toEqual(withoutIds(withoutAnchors(note)));
      }),
      { numRuns: 300 },
    );
  },
  SLOW,
);

test(
  'TX2: any text read as Markdown is stable after one pass',
  () => {
    const lines = fc.array(
      fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\n\n',
        '*',
        '**',
        '_',
        '`',
        '```',
        '- ',
        '1. ',
        '> ',
        '#',
        '[',
        '](',
        ')',
        '<',
        '>',
        'u',
        '/',
        '&',
        ';',
        '~~',
        '\\',
        '    ',
        '\t',
        '|',
        '|-|',
        '<details>',
        '</details>',
        '<summary>',
        '</summary>',
        '[!TIP]',
        '![',
        '](/files/0123456789abcdefghijklmnop-1x1.png)',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          lines.map((parts) => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (markdown) => {
          const once = again(markdown);
          expect(again(once)).toBe(once);
        },
      ),
      { numRuns: 500 },
    );
  },
  SLOW,
);

/** Source, and what it becomes when that is not the same. */
const OUTCOMES: [string, string, string?][] = [
  [
    'OU1: outcomes',
    '- [ ] ACTION @Ana Bo; @Çelik: post _v2_ (due 2023-12-01) (blocked: waits) [PCI23-A7]\n\nDECISION: a (posted)\n\nQ @Bo: b\n\n??? c\n',
  ],
  ['OU1: what only looks like an outcome', 'DECISION\\: a\\\nb\n\n\\??? c\n\n&#84;ODO d\n\n- \\[ ] e\n'],
  ['OU1: an outcome whose text has the words of one', 'DECISION: a\\-\\-b \\(due c\\)\n'],
  [
    'OU1: outcomes in quotes and lists',
    '> DECISION: a\n\n> DECISION: b <!-- outcome -->\n\n- c\n\n  Q: d <!-- outcome -->\n',
  ],
  ['OU1: lines and items', 'a\nDECISION: b\n  c\nd\n- Q: e\n  f\n- g\n', 'a\n\nDECISION: b c\n\nd\n\nQ: e f\n\n- g\n'],
];

const CASES: [string, string, string?][] = [
  ['an empty note', ''],
  ['text', 'one\n\ntwo\n'],
  ['headings', '# one\n\n###### six\n'],
  ['number signs that end a heading', '# C\\#\n'],
  ['marks', '**bold** _italic_ ~~struck~~ <u>underlined</u> `code` **_both_**\n'],
  ['marks inside words become tags where needed', 'a**b**c a_b_c *d*e\n', 'a**b**c a_b_c <em>d</em>e\n'],
  ['a mark that begins with a space', '<strong> a</strong>b\n'],
  ['code with backticks', '``a`b`` `` `c` ``\n'],
  ['links', '[a](https://a.b/c "d") <https://a.b/> [b \\[c\\]](https://a.b/)\n'],
  ['a link with an odd address', '[a](<https://a.b/c d(>)\n'],
  ['line breaks', 'a\\\nb\nc  \nd\n', 'a\\\nb\\\nc\\\nd\n'],
  ['breaks at the end and in a heading', 'a<br>\n\n# b<br>c\n'],
  ['lists', '- a\n- b\n  - c\n  - d\n- e\n'],
  ['other bullets', '* a\n* b\n', '- a\n- b\n'],
  ['lists side by side', '- a\n\n* b\n\n- c\n\n1. d\n\n1) e\n'],
  ['numbered from 7', '7. a\n8. b\n'],
  ['a list in an item that does not start at 1', '- a\n\n  7. b\n- c\n', '- a\n\n  7. b\n\n- c\n'],
  ['items of several blocks', '- a\n\n  b\n\n  ```c\n  d\n\n  e\n  ```\n\n- f\n'],
  ['task boxes', '- [ ] a\n- [x] b\n', '- [ ] ACTION (no owner): a\n\n- [x] ACTION (no owner): b\n'],
  ...OUTCOMES,
  ['quotes', '> a\n>\n> > b\n'],
  ['code', '```diff\n-a\n+b\n```\n'],
  ['code with a fence in it', '````\n```\n````\n'],
  ['rules', '---\n\n- ___\n'],
  ['empty paragraphs', 'a\n\n&nbsp;\n\nb\n'],
  ['what only looks like Markdown', '\\# a \\\n', '\\# a \\\\\n'],
  ['line beginnings', '\\- a\\\n1\\. b\\\n\\> c\\\n\\# d\\\n\\===\n'],
  ['signs that mean nothing where they are', 'a * b, x_y, 3 < 4, R&D, [1], ~5, (c), a|b, C:\\dir\n'],
  ['identifiers', 'iommu_attach_device_pasid() CONFIG_IOMMUFD_VFIO_CONTAINER=y \\_\\_init\n'],
  ['Message-IDs and mail addresses', '<20231108.nesting-v7@example.org> Aiko <aiko@example.org>\n'],
  ['entities that are text', '\\&amp; \\&nbsp;\n'],
  ['a table', '| Patch | **State** |\n| --- | --- |\n| v7<br>v8 | `a\\|b` \\|c |\n|\n'],
  ['a table of ragged rows', 'a | b\n-|-\nc\n', '| a | b |\n| --- | --- |\n| c |\n'],
  ['details', '<details>\n<summary>a _b_</summary>\n\n- c\n\n</details>\n'],
  ['callouts', '> [!CAUTION]\n> a\n>\n> b\n\n> [!NOTE]\n>\n> ---\n'],
  ['an image', '![a \\*](/files/0123456789abcdefghijklmnop-640x480.png)\n'],
  [
    'what only looks like a table, details, a callout or an image',
    'a | b\\\n\\--|--\n\n\\<details>\n\n> \\[!NOTE]\n\n!\\[a](/files/0123456789abcdefghijklmnop-640x480.png)\n',
    'a | b\\\n\\--|--\n\n\\<details>\n\n> \\[!NOTE]\n\n\\![a\\](/files/0123456789abcdefghijklmnop-640x480.png)\n',
  ],
  ['spaces at the ends', '&#32;a&#32;\n'],
];

test.each(CASES)('TX2: Markdown > note > Markdown: %s', (_, markdown, expected) => {
  expect(again(markdown)).toBe(expected ?? markdown);
});

test('TX2: notes of a session come through with every line', () => {
  const source = readFileSync(new URL('../../../tests/fixtures/notes/iommufd.md', import.meta.url), 'utf8');
  const note = parseMarkdown(source);
  const once = renderMarkdown(note);
  expect(again(once)).toBe(once);
  expect(parseMarkdown(once)).toEqual(note);
  const text = plainText(note as NoteNode);
  for (const line of source.split('\n')) {
    const words = line
      .replace(/^\s*(#+|[-*>])\s+/, '')
      .replaceAll('`', '')
      .trim();
    expect(text).toContain(readOutcome(words)?.text.replace(/ see$/, '') ?? words);
  }
});
