import { Node } from '@tiptap/pm/model';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { NoteNode } from './json.ts';
import { normalNote } from './normal.ts';
import { readNote } from './read.ts';
import { NOTE_FRAGMENT, noteSchema } from './schema.ts';
import { noteDoc } from './write.ts';

const t = (text: string): NoteNode => ({ type: 'text', text });
const p = (text: string): NoteNode => ({ type: 'paragraph', content: [t(text)] });
const node = (type: string, ...content: NoteNode[]): NoteNode => ({ type, ...(content.length > 0 && { content }) });
const row = (...texts: string[]) => node('tableRow', ...texts.map((text) => node('tableCell', t(text))));
const cells = (count: number) => Array.from({ length: count }, () => node('tableCell'));

/** What several people at once may leave, and how it is read. */
const CASES: [string, NoteNode, NoteNode][] = [
  ['a table without rows', node('table'), node('table', node('tableRow', ...cells(1)))],
  ['a row without cells', node('table', node('tableRow')), node('table', node('tableRow', ...cells(1)))],
  [
    'a header shorter than another row',
    node('table', row('a'), row('b', 'c', 'd'), node('tableRow')),
    node('table', node('tableRow', node('tableCell', t('a')), ...cells(2)), row('b', 'c', 'd'), node('tableRow')),
  ],
  ['details without parts', node('details'), details([], node('paragraph'))],
  ['details without a summary', node('details', node('detailsContent', p('a'))), details([], p('a'))],
  [
    'details with a summary alone',
    node('details', node('detailsSummary', t('a'))),
    details([t('a')], node('paragraph')),
  ],
  [
    'details with parts twice and in disorder',
    node(
      'details',
      ...[node('detailsContent', p('a')), node('detailsSummary', t('b'))],
      ...[node('detailsContent', p('c')), node('detailsSummary', t('d'))],
    ),
    details([], p('a'), p('b'), p('c'), p('d')),
  ],
];

function details(summary: NoteNode[], ...content: NoteNode[]): NoteNode {
  return node('details', node('detailsSummary', ...summary), node('detailsContent', ...content));
}

test.each(CASES)('WR14: %s: the binding keeps it as it is, and readers are given its parts', (_, given, read) => {
  const doc = noteDoc({ type: 'doc', content: [given] });
  const before = Y.encodeStateAsUpdate(doc);
  const built = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(NOTE_FRAGMENT), noteSchema);
  built.check();
  expect(built.eq(Node.fromJSON(noteSchema, { type: 'doc', content: [given] }))).toBe(true);
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  expect(readNote(doc).content).toEqual([read]);
  expect(normalNote(readNote(doc)).content).toEqual([read]);
});

test('WR14: a row of many cells among many short rows costs readers no more than it is', () => {
  const wide = node('tableRow', ...cells(2_000));
  const table = node('table', wide, ...Array.from({ length: 5_000 }, () => row('a')));
  expect(JSON.stringify(normalNote({ content: [table] })).length).toBeLessThan(JSON.stringify(table).length + 100);
});

test('TX4: what stands in a table and is no row keeps its words in one', () => {
  const stray = normalNote({ content: [node('table', p('a'), row('b')), node('tableRow', p('c'))] });
  expect(stray.content).toEqual([
    node('table', node('tableRow', node('tableCell', p('a'))), row('b')),
    node('tableRow', node('tableCell', p('c'))),
  ]);
});
