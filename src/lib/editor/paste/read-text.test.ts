import { readdirSync, readFileSync } from 'node:fs';
import { fc } from '../../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import type { NoteNode } from '#core/note/json.ts';
import { normalNote } from '#core/note/normal.ts';
import { plainText as textOf } from '#core/note/outline.ts';
import { renderMarkdown } from '#core/render/markdown.ts';
import { inlineLines, paragraphs } from './lines.ts';
import { mailBlocks } from './mail.ts';
import { plainText } from './plain-text.ts';
import { readText } from './read-text.ts';
import { textKind } from './text-kind.ts';

const FIXTURES = new URL('../../../../tests/fixtures/paste/', import.meta.url);
const texts = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));
const fixture = (name: string) => readFileSync(new URL(name, FIXTURES), 'utf8');

const asMarkdown = (content: NoteNode[]) => renderMarkdown(normalNote({ content }));

test.each(texts)('WR3: a pasted text keeps its structure: %s', (name) => {
  expect(asMarkdown(readText(fixture(name)).content)).toBe(fixture(name.replace('.txt', '.md')));
});

test.each(texts)('WR3: no letter of a pasted text is lost: %s', (name) => {
  const { content } = readText(fixture(name));
  const letters = (text: string) => plainText(text).replace(/[^\p{L}]/gu, '');
  // Structure is written in signs but for languages, kinds of callouts, and what outcomes begin with.
  expect(subsequence(letters(fixture(name).replace(/^:::\w*|^```\w*|^TODO/gm, '')), letters(asMarkdown(content)))).toBe(
    true,
  );
});

/** Whether all of `part` stands in `whole`, in order. */
function subsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const sign of whole) if (sign === part[at]) at++;
  return at === part.length;
}

test.each([
  ['# a\n\n<!-- hidden\nlines -->\n\nb', '# a\n\nb\n'],
  ['**a** <!-- hidden --> b', '**a** b\n'],
  ['# a\n\n`<!-- shown -->` b', '# a\n\n`<!-- shown -->` b\n'],
  ['# a\n\n```\n<!-- shown -->\n```', '# a\n\n```\n<!-- shown -->\n```\n'],
  ['**a** <!-- not closed', '**a** \\<!-- not closed\n'],
])('WR3: comments of pasted Markdown are left out, but for code: %j', (pasted, markdown) => {
  expect(asMarkdown(readText(pasted).content)).toBe(markdown);
});

const KINDS: [string, string][] = [
  ['one word', 'lines'],
  ['one line with foo_bar_baz and *ptr', 'lines'],
  ['# one', 'markdown'],
  ['one **bold** word', 'markdown'],
  ['see [the thread](https://a.b/c)', 'markdown'],
  ['call `a()` then `b()`', 'markdown'],
  ['$ make -j8', 'lines'],
  ['one\ntwo\n\nthree', 'lines'],
  ['One. Two.  Three.\nFour.', 'lines'],
  ['- one\n- two', 'markdown'],
  ['1. one\n2. two', 'markdown'],
  ['a\n===\nb\n\n> c', 'markdown'],
  ['- x = 1;\n- y = 2;', 'markdown'],
  ['v2:\n - one\n - two', 'markdown'],
  ['a | b\n--- | ---\n1 | 2', 'markdown'],
  ['```\n$ make\n```', 'markdown'],
  ['See the log:\n\n```\n[    1.000000] a\n```', 'markdown'],
  ['$ make\nerror', 'console'],
  ['root@host:~# dmesg | tail\nx', 'console'],
  ['[root@host linux]# git log\nx', 'console'],
  ['>>> import a\n>>> a.b', 'console'],
  ['[    1.0] a\n[    2.0] b'.replaceAll('.0]', '.000001]'), 'log'],
  ['Nov 15 12:24:07 host kernel: a\nNov 15 12:24:08 host kernel: b', 'log'],
  ['@@ -1 +1 @@\n-a\n+b', 'diff'],
  ['--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@', 'diff'],
  ['#include <a.h>\nint a;', 'c'],
  ['if (a)\n\tb();', 'c'],
  ['#!/bin/sh\necho a', 'bash'],
  ['def a(b):\n    return b', 'python'],
  ['CONFIG_IOMMUFD=y\n# CONFIG_VFIO is not set', 'ini'],
  ['{\n  "a": 1\n}', 'json'],
  ['a\tb\nc\td', 'code'],
  ['+---+---+\n| a | b |\n+---+---+', 'code'],
  [`commit ${'0123456789'.repeat(4)}\nAuthor: A\n\n    words`, 'code'],
  ['> a\n> b', 'markdown'],
  ['> a\n>> b', 'mail'],
  ['On Monday, Ada wrote:\n> a', 'mail'],
  ['From: Ada\nSubject: x\n\ntext', 'mail'],
];

test.each(KINDS)('WR3: %j is taken for %s', (text, kind) => {
  const found = textKind(text);
  expect(found.kind === 'code' ? (found.language ?? 'code') : found.kind).toBe(kind);
});

test('WR3: colours of a terminal, carriage returns and overstrikes are left out', () => {
  expect(plainText('\u001b]0;title\u0007\u001b[1;31mred\u001b[0m\r\nb\bbold\u0000\ttab')).toBe('red\nbold\ttab');
});

test('WR3: lines stay lines, and addresses in them become links', () => {
  expect(asMarkdown(paragraphs('a\nb https://a.b/c_(d).\n\n\n  c', true))).toBe(
    'a\\\nb <https://a.b/c_(d>).\n\n&#32; c\n'.replace('(d>)', '(d>)'),
  );
});

/** Milliseconds; generated cases take long on a busy machine. */
const SLOW = 60_000;

/** Every sign that can be seen. */
const seen = (text: string) => text.replace(/[\s\u2028\u2029]/gu, '');

test(
  'WR3: as lines and as a mail, every sign of any text is kept',
  () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '> a', '>> b', '> > c', '@@ -1 +1 @@', '    x', '>'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = plainText(lines.join('\n'));
        expect(seen(textOf({ type: 'doc', content: paragraphs(text, true) }))).toBe(seen(text));
        expect(seen(textOf({ type: 'doc', content: inlineLines(text, false) }))).toBe(seen(text));
        const quoted = text.replace(/^(?:> ?)*>/gm, '');
        expect(seen(textOf({ type: 'doc', content: mailBlocks(text) }))).toBe(seen(quoted));
      }),
    );
  },
  SLOW,
);

test(
  'WR3: whatever is pasted, each letter of it is in the note',
  () => {
    const signs = [
      'a',
      'b\n',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '> ',
      '# ',
      '`',
      '```\n',
      '**',
      '_',
      '[',
      '](https://c.d)',
      '|',
      '\t',
      '    ',
      '$ ',
      '~~~\n',
      ':::info\n',
      '\\',
      '<',
      '>',
      '---\n',
      '@@ -1 +1 @@\n',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...signs), { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        const letters = (all: string) => all.replace(/[^abcd]/g, '');
        const expected = letters(text.replaceAll('info', ''));
        expect(subsequence(expected, letters(asMarkdown(readText(text).content)))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  },
  SLOW,
);
