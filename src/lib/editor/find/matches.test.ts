import { getSchema } from '@tiptap/core';
import { fc } from '../../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { noteExtensions } from '#core/note/schema.ts';
import { findAll, findIn, type Known } from './matches.ts';

const schema = getSchema(noteExtensions());
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content });
const text = (words: string, ...marks: string[]) => ({
  type: 'text',
  text: words,
  marks: marks.map((type) => ({ type })),
});
const note = (...content: unknown[]) => schema.nodeFromJSON({ type: 'doc', content });

test.each([
  ['iommu', 'IOMMU iommu', false, [0, 6]],
  ['IOMMU', 'IOMMU iommu', true, [0]],
  ['aa', 'aaaa a', false, [0, 2]],
  ['b', 'İb', false, [1]],
  ['straße', 'STRAßE', false, [0]],
  ['🙂', 'a🙂🙂', false, [1, 3]],
  ['.*', 'a.*b', false, [1]],
  ['x', '', false, []],
] as const)('WR10: “%s” in “%s”', (looked, line, matchCase, places) => {
  expect(findIn(line, { text: looked, matchCase })).toEqual(places);
});

test('WR10: a match goes over marks, not over blocks or line breaks; positions count all of them', () => {
  const doc = note(
    paragraph(text('io'), text('mmu', 'bold')),
    paragraph(text('iom'), { type: 'hardBreak' }, text('mu iommu')),
    paragraph(text('io')),
    paragraph(text('mmu')),
  );
  const found = findAll(doc, { text: 'iommu', matchCase: false }, new WeakMap());
  expect(found).toHaveLength(2);
  expect(found.map(({ from, to }) => doc.textBetween(from, to))).toEqual(['iommu', 'iommu']);
});

test('WR10: blocks that nobody changed are not read again', () => {
  const doc = note(paragraph(text('one match')), paragraph(text('match two')));
  const known: Known = new WeakMap();
  const query = { text: 'match', matchCase: false };
  findAll(doc, query, known);
  // What is known of a block is believed: a wrong entry shows whether it was read.
  known.set(doc.child(0), []);
  const changed = doc.replace(doc.content.size - 1, doc.content.size - 1, note(paragraph(text('match'))).slice(1, 6));
  expect(findAll(changed, query, known).map(({ from, to }) => changed.textBetween(from, to))).toEqual([
    'match',
    'match',
  ]);
});

test('WR10: every place found holds the text looked for', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'B', 'b', 'İ', 'ß', '🙂', ' '), maxLength: 40 });
  fc.assert(
    fc.property(letters, letters.filter(Boolean), (line, looked) => {
      for (const at of findIn(line, { text: looked, matchCase: true }))
        expect(line.slice(at, at + looked.length)).toBe(looked);
      expect(findIn(line + looked, { text: looked, matchCase: true }).length).toBeGreaterThan(0);
      expect(findIn(line + looked, { text: looked, matchCase: false }).length).toBeGreaterThan(0);
    }),
  );
});
