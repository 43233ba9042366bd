import { expect, test } from 'vitest';
import { parseMarkdown } from './markdown.ts';
import { entryBySlug, outline, plainText } from './outline.ts';

const ids = (markdown: string) => outline(parseMarkdown(markdown)).map((entry) => entry.id);

test('ED5: headings in reading order, with level, text and anchor, also from quotes and lists', () => {
  expect(outline(parseMarkdown('# Where we are\n\n> ## `PASID` & <u>more</u>\n\n- ### /dev/iommufd'))).toEqual([
    { level: 1, text: 'Where we are', id: 'h-where-we-are' },
    { level: 2, text: 'PASID & more', id: 'h-pasid-more' },
    { level: 3, text: '/dev/iommufd', id: 'h-dev-iommufd' },
  ]);
});

test('ED5: equal headings are numbered, and never take the anchor of another', () => {
  expect(ids('# A\n# A\n# A 2\n# A\n# A 2')).toEqual(['h-a', 'h-a-2', 'h-a-2-2', 'h-a-3', 'h-a-2-3']);
});

test('ED5: an anchor stays when other text changes', () => {
  expect(ids('# A\n\nx\n\n# B')[1]).toBe(ids('# C\n\nother\n\n# B')[1]);
});

test('ED5: accents, other scripts, signs alone and long headings have anchors', () => {
  expect(ids('# Çà et là\n# 日本語\n# ???\n# ' + '😀'.repeat(50))).toEqual([
    'h-ca-et-la',
    'h-日本語',
    'h-section',
    'h-section-2',
  ]);
  expect(ids(`# ${'word '.repeat(100)}`)[0]!.length).toBeLessThanOrEqual(62);
});

test('TO4: a heading with an anchor has the id of it, and leaves the others theirs', () => {
  const heading = (anchor: unknown) => ({ type: 'heading', attrs: { anchor }, content: [{ type: 'text', text: 'A' }] });
  const note = (...anchors: unknown[]) => outline({ type: 'doc', content: anchors.map(heading) }).map(({ id }) => id);
  expect(note(null, null, null)).toEqual(['h-a', 'h-a-2', 'h-a-3']);
  expect(note('a1b2c3d4', 'a1b2c3d4', null)).toEqual(['b-a1b2c3d4', 'h-a-2', 'h-a-3']);
  expect(note('A1B2C3D4', ['a1b2c3d4'], 7)).toEqual(['h-a', 'h-a-2', 'h-a-3']);
});

test('TO4: a heading with an anchor is found by the id it had before', () => {
  const heading = (anchor: unknown) => ({ type: 'heading', attrs: { anchor }, content: [{ type: 'text', text: 'A' }] });
  const entries = outline({ type: 'doc', content: [null, 'a1b2c3d4', null].map(heading) });
  expect(entryBySlug(entries, 'h-a-2')).toBe(entries[1]);
  expect(entryBySlug(entries, 'h-a-3')).toBe(entries[2]);
  expect(entryBySlug(entries, 'h-b')).toBeUndefined();
});

test('ED5: ten thousand equal headings are no burden', () => {
  expect(new Set(ids('# A\n'.repeat(10_000))).size).toBe(10_000);
});

test('TX4: text that a peer put into a line break is kept', () => {
  const odd = { type: 'codeBlock', content: [{ type: 'hardBreak', content: [{ type: 'text', text: 'hidden' }] }] };
  expect(plainText(odd)).toBe('\nhidden');
});
