import { Node } from '@tiptap/pm/model';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { fc } from '../../../tests/support/properties.ts';
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

interface Change {
  kind: 'put' | 'take' | 'type';
  /** Which of the children at each level, and whether it ends there: counted round. */
  path: number[];
}

/** One change to the parts of the first block, as commands of the editor make them. */
function change(doc: Y.Doc, { kind, path }: Change): void {
  let parent: Y.XmlFragment = doc.getXmlFragment(NOTE_FRAGMENT);
  let at = 0;
  for (const step of [0, ...path]) {
    at = parent.length === 0 ? 0 : step % parent.length;
    const child = parent.get(at) as unknown;
    if (child instanceof Y.XmlText) return child.insert(0, 'x');
    if (child instanceof Y.XmlElement) parent = child;
  }
  const child = { table: 'tableRow', tableRow: 'tableCell', details: 'detailsSummary' }[
    (parent as Y.XmlElement).nodeName
  ];
  if (child === undefined) return;
  if (kind === 'put') parent.insert(Math.min(at, parent.length), [new Y.XmlElement(child)]);
  else if (kind === 'take' && parent.length > 0) parent.delete(Math.min(at, parent.length - 1), 1);
}

const changes = () =>
  fc.array(
    fc.record({
      kind: fc.constantFrom('put' as const, 'take' as const, 'type' as const),
      path: fc.array(fc.nat(5), { maxLength: 3 }),
    }),
    { maxLength: 8 },
  );

test.each([
  ['a table', node('table', row('a', 'b'), row('c', 'd'), row('e', 'f'))],
  ['details', details([t('a')], p('b'))],
])('WR14: whatever two people do to %s at once, opening the note deletes nothing of it', (_, given) => {
  fc.assert(
    fc.property(changes(), changes(), (ada, bob) => {
      const first = noteDoc({ type: 'doc', content: [given] }, 1);
      const docs = [ada, bob].map((list, i) => {
        const doc = new Y.Doc();
        doc.clientID = i + 2;
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(first));
        for (const each of list) change(doc, each);
        return doc;
      });
      const merged = new Y.Doc();
      for (const doc of docs) Y.applyUpdate(merged, Y.encodeStateAsUpdate(doc));
      const before = Y.encodeStateAsUpdate(merged);
      yXmlFragmentToProseMirrorRootNode(merged.getXmlFragment(NOTE_FRAGMENT), noteSchema).check();
      expect(Y.encodeStateAsUpdate(merged)).toEqual(before);
    }),
  );
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
