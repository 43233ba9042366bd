import { Node } from '@tiptap/pm/model';
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { arbitraryNote } from '../../../tests/support/arbitrary-note.ts';
import { schemaFixture as fixture } from '../../../tests/support/old-schema.ts';
import type { NoteNode } from './json.ts';
import { MARK_ORDER, normalNote } from './normal.ts';
import { readNote } from './read.ts';
import { NOTE_FRAGMENT, SCHEMA_VERSION, noteExtensions, noteSchema } from './schema.ts';
import { noteDoc } from './write.ts';

/** Milliseconds; generated cases take long on a busy machine. */
const SLOW = 60_000;

function opened(update: string): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(update, 'base64'));
  return doc;
}

const versions = Array.from({ length: SCHEMA_VERSION }, (_, i) => i + 1);

test.each(versions)('SY13: this version reads a note of schema %i unchanged', (version) => {
  const { note, update } = fixture(version);
  expect(readNote(opened(update))).toEqual(note);
});

test.each(versions)('SY13: the binding opens a note of schema %i, builds the same and deletes nothing', (version) => {
  const { note, update } = fixture(version);
  const doc = opened(update);
  const before = Y.encodeStateAsUpdate(doc);
  const built = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(NOTE_FRAGMENT), noteSchema);
  built.check();
  expect(normalNote(built.toJSON())).toEqual(note);
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
});

test('SY13: the fixture of this version uses every node, mark and attribute', () => {
  const seen = new Set<string>();
  const visit = (node: NoteNode) => {
    for (const { type, attrs } of [node, ...(node.marks ?? [])])
      [type, ...Object.keys(attrs ?? {}).map((name) => `${type}.${name}`)].forEach((each) => seen.add(each));
    node.content?.forEach(visit);
  };
  visit(fixture(SCHEMA_VERSION).note);
  const types = [...Object.values(noteSchema.nodes), ...Object.values(noteSchema.marks)];
  expect([...seen].sort()).toEqual(
    types
      .flatMap((type) => [type.name, ...Object.keys(type.spec.attrs ?? {}).map((name) => `${type.name}.${name}`)])
      .sort(),
  );
});

test(
  'ED2: every note we write is valid, and the binding keeps all of it',
  () => {
    fc.assert(
      fc.property(arbitraryNote(), (note) => {
        const doc = noteDoc(note);
        const before = Y.encodeStateAsUpdate(doc);
        const built = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(NOTE_FRAGMENT), noteSchema);
        built.check();
        expect(normalNote(built.toJSON())).toEqual(note);
        expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
      }),
    );
  },
  SLOW,
);

test(
  'ED2: what the binding writes, readNote reads',
  () => {
    fc.assert(
      fc.property(arbitraryNote(), (note) => {
        const doc = new Y.Doc();
        prosemirrorToYXmlFragment(Node.fromJSON(noteSchema, note), doc.getXmlFragment(NOTE_FRAGMENT));
        expect(readNote(doc)).toEqual(note);
      }),
    );
  },
  SLOW,
);

test('WR1: the nodes and marks of Tiptap’s starter kit and our own, and no extension that acts by itself', () => {
  expect(Object.keys(noteSchema.nodes).sort()).toEqual(
    [
      'blockquote',
      'bulletList',
      'codeBlock',
      'doc',
      'hardBreak',
      'heading',
      'horizontalRule',
      'listItem',
      'orderedList',
    ]
      .concat('paragraph', 'text', 'table', 'tableRow', 'tableCell', 'details', 'detailsSummary', 'detailsContent')
      .concat('callout', 'image', 'outcome')
      .sort(),
  );
  expect(Object.keys(noteSchema.marks)).toEqual([...MARK_ORDER]);
  expect(noteExtensions().filter((extension) => extension.type === 'extension')).toEqual([]);
});

test('ED2: every attribute has a default, or the binding would delete nodes without it', () => {
  for (const type of [...Object.values(noteSchema.nodes), ...Object.values(noteSchema.marks)])
    for (const attribute of Object.values(type.spec.attrs ?? {})) expect(attribute).toHaveProperty('default');
});

const WRONG = ['', 'javascript:alert(1)', 0, -1, 1.5, 1e12, true, ['https://a.b/'], ['script', {}], { level: 2 }];

test.each(WRONG.map((value) => [value]))(
  'TX5: attributes of value %j cost no text: the binding builds the note and deletes nothing',
  (value) => {
    const given = [
      'level',
      'language',
      'start',
      'href',
      'title',
      'class',
      'kind',
      'file',
      'alt',
      'anchor',
      'align',
    ].concat('id', 'short', 'state', 'owners', 'due', 'more');
    const attrs = Object.fromEntries(given.map((name) => [name, value]));
    const spoil = (node: NoteNode): NoteNode => ({
      ...node,
      attrs,
      ...(node.marks && { marks: node.marks.map((mark) => ({ ...mark, attrs })) }),
      ...(node.content && { content: node.content.map(spoil) }),
    });
    const { note } = fixture(SCHEMA_VERSION);
    const doc = noteDoc({ type: 'doc', content: note.content.map(spoil) });
    const before = Y.encodeStateAsUpdate(doc);
    const built = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(NOTE_FRAGMENT), noteSchema);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
    expect(built.textContent).toBe(Node.fromJSON(noteSchema, note).textContent);
  },
);

test('TX5: a link takes no target, class, rel or style from a document', () => {
  const attrs = { href: 'https://a.b/', target: '_top', class: 'x', rel: 'opener', style: 'x' };
  expect(noteSchema.mark('link', attrs).attrs).toEqual({ href: 'https://a.b/', title: null });
});
