import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { arbitraryHostileNote, arbitraryNote } from '../../../tests/support/arbitrary-note.ts';
import type { NoteJson, NoteNode } from './json.ts';
import { MAX_DEPTH, normalNote } from './normal.ts';
import { outline, plainText } from './outline.ts';
import { readHeadings, readNote } from './read.ts';
import { noteDoc, noteUpdate } from './write.ts';

/** Milliseconds; generated cases take long on a busy machine. */
const SLOW = 60_000;

test(
  'TX1: a note written to a document and read again is equal',
  () => {
    fc.assert(
      fc.property(arbitraryNote(), (note) => {
        expect(readNote(noteDoc(note))).toEqual(note);
      }),
    );
  },
  SLOW,
);

test(
  'TX1: the same through an update, whose bytes depend on the note and the client alone',
  () => {
    fc.assert(
      fc.property(arbitraryNote(), (note) => {
        const doc = new Y.Doc();
        Y.applyUpdate(doc, noteUpdate(note, 7));
        expect(readNote(doc)).toEqual(note);
        expect(noteUpdate(note, 7)).toEqual(noteUpdate(note, 7));
      }),
      { numRuns: 50 },
    );
  },
  SLOW,
);

test(
  'TX4: reading unknown nodes and marks changes nothing in the document',
  () => {
    fc.assert(
      fc.property(arbitraryHostileNote(), (hostile) => {
        const note = withoutNodeMarks(normalNote(hostile));
        const doc = noteDoc(note);
        const before = Y.encodeStateAsUpdate(doc);
        expect(readNote(doc)).toEqual(note);
        expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
      }),
    );
  },
  SLOW,
);

test(
  'TO4: the outline of a note is that of its headings alone',
  () => {
    fc.assert(
      fc.property(arbitraryNote(), (note) => {
        const doc = noteDoc(note);
        expect(outline(readHeadings(doc))).toEqual(outline(readNote(doc)));
      }),
    );
  },
  SLOW,
);

/** Only texts have marks in a Y.Doc. */
function withoutNodeMarks({ content }: NoteJson): NoteJson {
  const strip = ({ marks, ...node }: NoteNode): NoteNode => ({
    ...node,
    ...(marks && node.type === 'text' && { marks }),
    ...(node.content && { content: node.content.map(strip) }),
  });
  return { type: 'doc', content: content.map(strip) };
}

function docWith(fill: (fragment: Y.XmlFragment) => void): Y.Doc {
  const made = new Y.Doc();
  made.transact(() => fill(made.getXmlFragment('note')));
  // As it arrives from the wire, not as it was built.
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(made));
  return doc;
}

const words = (doc: Y.Doc) => plainText(readNote(doc) as NoteNode);

test('TX4: foreign Yjs types where nodes belong are read as unknown nodes with their text', () => {
  const doc = docWith((fragment) => {
    const map = new Y.Map<unknown>();
    map.set('a', 'in a map');
    const array = new Y.Array<unknown>();
    array.push(['in an array', 7, { deep: ['in an object'] }, new Y.Text('in a text in an array')]);
    const nested = new Y.XmlFragment();
    nested.insert(0, [new Y.XmlText('in a fragment')]);
    (fragment.insert as (at: number, content: unknown[]) => void).call(fragment, 0, [
      map,
      array,
      nested,
      new Y.XmlHook('hook'),
    ]);
    fragment.push([new Y.XmlText('bare text')]);
  });
  const note = readNote(doc);
  expect(note.content.map((node) => node.type)).toEqual(['map', 'array', 'fragment', 'map', 'text']);
  for (const text of [
    'in a map',
    'in an array',
    '7',
    'in an object',
    'in a text in an array',
    'in a fragment',
    'bare text',
  ])
    expect(words(doc)).toContain(text);
});

test('TX4: embedded values and types inside text keep their words', () => {
  const doc = docWith((fragment) => {
    const text = new Y.XmlText('before ');
    fragment.push([new Y.XmlElement('paragraph')]);
    (fragment.get(0) as Y.XmlElement).push([text]);
    text.insertEmbed(text.length, { type: 'image', alt: 'an object' });
    const element = new Y.XmlElement('chip');
    text.insertEmbed(text.length, element);
    element.push([new Y.XmlText('an element')]);
  });
  expect(words(doc)).toMatch(/before .*an object[^]*an element/);
});

test('TX4: attributes are JSON values of their own keys, whatever was stored', () => {
  const doc = docWith((fragment) => {
    const heading = new Y.XmlElement<Record<string, never>>('heading');
    const attrs = {
      level: { toString: 'x' },
      big: 10n,
      bytes: new Uint8Array(3),
      not: Number.NaN,
      deep: { a: { b: { c: { d: { e: 1 } } } } },
      none: null,
      list: [1, undefined, 'b'],
      __proto__x: 1,
    };
    for (const [name, value] of Object.entries(attrs)) heading.setAttribute(name, value as never);
    heading.setAttribute('__proto__', { polluted: true } as never);
    heading.setAttribute('type', new Y.Map() as never);
    fragment.push([heading]);
  });
  const attrs = readNote(doc).content[0]?.attrs ?? {};
  expect(JSON.parse(JSON.stringify(attrs))).toEqual(attrs);
  expect(Object.keys(attrs)).toEqual(['__proto__x', 'deep', 'level', 'list']);
  expect(Object.getPrototypeOf(attrs)).toBe(Object.prototype);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test('TX4: marks of any value are read; hashed names lose their hash', () => {
  const doc = docWith((fragment) => {
    const text = new Y.XmlText();
    fragment.push([text]);
    text.insert(0, 'marked', { bold: true, link: 'javascript:x', 'comment--ABCDEFGH': { id: 1 }, italic: {} });
  });
  expect(readNote(doc).content[0]?.marks).toEqual([
    { type: 'link' },
    { type: 'bold' },
    { type: 'italic' },
    { type: 'comment', attrs: { id: 1 } },
  ]);
});

test('TX4: 10,000 levels neither overflow the stack nor lose the text', () => {
  const doc = docWith((fragment) => {
    let parent: Y.XmlFragment = fragment;
    for (let i = 0; i < 10_000; i++) {
      const quote = new Y.XmlElement('blockquote');
      parent.push([quote]);
      parent = quote;
    }
    parent.push([new Y.XmlText('at the bottom')]);
  });
  expect(words(doc)).toBe('at the bottom');
  expect(JSON.stringify(readNote(doc)).split('blockquote')).toHaveLength(MAX_DEPTH);
});

test('TX4: plain JSON of 100,000 levels is cut down to the same depth, with its text', () => {
  let node: unknown = { type: 'text', text: 'at the bottom' };
  for (let i = 0; i < 100_000; i++) node = { type: 'blockquote', content: [node] };
  expect(plainText(normalNote({ content: [node] }) as NoteNode)).toBe('at the bottom');
});

test('TX1: a document without a note reads as one', () => {
  expect(readNote(new Y.Doc())).toEqual({ type: 'doc', content: [] });
});
