// @vitest-environment happy-dom
import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { fc } from '../../../../tests/support/properties.ts';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { NOTE_FRAGMENT } from '#core/note/schema.ts';
import { noteUpdate } from '#core/note/write.ts';
import type { NoteNode } from '#core/note/json.ts';
import { editorOn } from '../../../../tests/support/typing-editor.ts';
import { DrawnNodes } from './drawn-nodes.ts';

interface Writer {
  doc: Y.Doc;
  editor: Editor;
  /** What this writer changed and did not send yet. */
  unsent: Uint8Array[];
  /** How often the editor wrote. */
  written: number;
}

const open: Writer[] = [];

afterEach(() => {
  for (const { editor, doc } of open.splice(0)) {
    editor.destroy();
    doc.destroy();
  }
});

const paragraph = (text: string): NoteNode => ({ type: 'paragraph', content: text ? [{ type: 'text', text }] : [] });

function writer(start: Uint8Array, clientId: number): Writer {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  Y.applyUpdate(doc, start);
  const editor = editorOn(doc);
  const made: Writer = { doc, editor, unsent: [], written: 0 };
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'others') made.unsent.push(update);
    if (origin === ySyncPluginKey) made.written += 1;
  });
  open.push(made);
  return made;
}

function deliver(from: Writer, to: Writer): void {
  for (const update of from.unsent.splice(0)) Y.applyUpdate(to.doc, update, 'others');
}

const shown = ({ editor }: Writer): unknown => kept(editor.state.doc);

/** The note built anew, from nothing but the Yjs document. */
function fresh({ doc, editor }: Writer): unknown {
  const note = new DrawnNodes(editor.schema, new Map()).read(doc.getXmlFragment(NOTE_FRAGMENT));
  return kept(editor.schema.topNodeType.create(null, note));
}

/** What Yjs can hold of it: marks of line breaks it cannot. */
function kept(doc: Node): unknown {
  return JSON.parse(JSON.stringify(doc.toJSON()), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && Reflect.get(value, 'type') === 'hardBreak'
      ? { type: 'hardBreak' }
      : value,
  );
}

const start = (...blocks: NoteNode[]): Uint8Array => noteUpdate({ type: 'doc', content: blocks }, 1);

type Act = (writer: Writer, at: number, size: number) => void;

const spot = ({ editor }: Writer, at: number): number =>
  TextSelection.near(editor.state.doc.resolve(Math.floor(at * editor.state.doc.content.size))).head;

const ACTS: Record<string, Act> = {
  type: (w, at, size) => void w.editor.commands.insertContentAt(spot(w, at), 'abab'.slice(0, 1 + (size % 4))),
  remove: (w, at, size) => {
    const from = spot(w, at);
    const to = Math.min(from + 1 + (size % 9), w.editor.state.doc.content.size);
    w.editor.view.dispatch(w.editor.state.tr.delete(from, to));
  },
  split: (w, at) => void w.editor.chain().setTextSelection(spot(w, at)).splitBlock().run(),
  bold: (w, at, size) => {
    const from = spot(w, at);
    const to = Math.min(from + 1 + size, w.editor.state.doc.content.size);
    w.editor.chain().setTextSelection({ from, to }).toggleBold().run();
  },
  heading: (w, at) => void w.editor.chain().setTextSelection(spot(w, at)).toggleHeading({ level: 2 }).run(),
  list: (w, at) => void w.editor.chain().setTextSelection(spot(w, at)).toggleBulletList().run(),
  quote: (w, at) => void w.editor.chain().setTextSelection(spot(w, at)).toggleBlockquote().run(),
  line: (w, at) => void w.editor.chain().setTextSelection(spot(w, at)).setHardBreak().run(),
  undo: (w) => void w.editor.commands.undo(),
  caret: (w, at) => void w.editor.commands.setTextSelection(spot(w, at)),
};

const step = fc.record({
  who: fc.nat(2),
  act: fc.constantFrom(...Object.keys(ACTS)),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  size: fc.nat(20),
  // After the act: who hears of all that this writer holds back, if anyone.
  tell: fc.option(fc.nat(2)),
});

test('TO6: whatever is written by whom and when, each editor shows what its document holds, and observing writes nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const begin = start(paragraph('aab'), paragraph(''), paragraph('b a'), {
        type: 'bulletList',
        content: [{ type: 'listItem', content: [paragraph('ab')] }],
      });
      const writers = [writer(begin, 11), writer(begin, 12), writer(begin, 13)];
      for (const { who, act, at, size, tell } of steps) {
        const one = writers[who] as Writer;
        ACTS[act]?.(one, at, size);
        expect(shown(one)).toEqual(fresh(one));
        const other = tell === null ? one : (writers[tell] as Writer);
        if (other === one) continue;
        const before = other.written;
        Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc, Y.encodeStateVector(other.doc)), 'others');
        expect(other.written).toBe(before);
        expect(shown(other)).toEqual(fresh(other));
        other.editor.state.doc.check();
      }
      for (const from of writers)
        for (const to of writers) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc), 'others');
      const [first, ...rest] = writers.map(shown);
      for (const each of rest) expect(each).toEqual(first);
      for (const { editor, doc } of open.splice(0)) {
        editor.destroy();
        doc.destroy();
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 60) },
  );
}, 60_000);

test('TO6: a change by others leaves every other block of the page the same element', () => {
  const begin = start(...Array.from({ length: 200 }, (_, i) => paragraph(`block ${i}`)));
  const [ada, bob] = [writer(begin, 11), writer(begin, 12)];
  const before = [...bob.editor.view.dom.children];
  const nodes = [...bob.editor.state.doc.children];
  ada.editor.commands.insertContentAt(spot(ada, 0.5), 'x');
  ada.editor.commands.insertContentAt(1, 'y');
  ada.editor.commands.insertContentAt(ada.editor.state.doc.content.size, '<p>new</p>');
  deliver(ada, bob);
  expect(bob.editor.state.doc.toJSON()).toEqual(ada.editor.state.doc.toJSON());
  expect(bob.editor.state.doc.children.filter((node, i) => node !== nodes[i])).toHaveLength(3);
  expect([...bob.editor.view.dom.children].slice(0, 200)).toEqual(before);
});

test('ED6: the caret stays beside its character, and where that stood when it is deleted', () => {
  const begin = start(paragraph('xxa'));
  const [ada, bob] = [writer(begin, 11), writer(begin, 12)];
  ada.editor.commands.setTextSelection(2);
  bob.editor.view.dispatch(bob.editor.state.tr.setSelection(TextSelection.create(bob.editor.state.doc, 1)));
  bob.editor.view.dispatch(bob.editor.state.tr.delete(1, 2));
  deliver(bob, ada);
  expect(ada.editor.state.selection.head).toBe(1);
});

test('ED6: bold that was switched on at the caret stays on while others write', () => {
  const [mara, jonas] = [
    writer(start(paragraph('a'), paragraph('b')), 2),
    writer(start(paragraph('a'), paragraph('b')), 3),
  ];
  mara.editor.commands.setTextSelection(spot(mara, 0) + 1);
  mara.editor.commands.toggleBold();
  jonas.editor.commands.insertContentAt(spot(jonas, 1), 'x');
  deliver(jonas, mara);
  expect(mara.editor.isActive('bold')).toBe(true);
  mara.editor.view.dispatch(mara.editor.state.tr.insertText('c'));
  expect(mara.editor.getHTML()).toContain('a<strong>c</strong>');
});

test('ED6: after an undo the next change by others leaves the caret where it is', () => {
  const begin = start(paragraph('one'), paragraph('two'));
  const [ada, bob] = [writer(begin, 11), writer(begin, 12)];
  ada.editor.commands.insertContentAt(4, '!');
  ada.editor.commands.undo();
  ada.editor.commands.setTextSelection(8);
  bob.editor.commands.insertContentAt(1, 'x');
  deliver(bob, ada);
  expect(ada.editor.state.selection.head).toBe(9);
});

const text = (words: string): Y.XmlText => new Y.XmlText(words);
const element = (name: string, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement => {
  const made = new Y.XmlElement(name);
  made.insert(0, children);
  return made;
};
const STRANGE: [string, () => Y.XmlElement | Y.XmlText][] = [
  ['an unknown block', () => element('hologram', text('seen from all sides'))],
  ['a text between blocks', () => text('loose')],
  ['an empty text between blocks', () => text('')],
  ['a list without items', () => element('bulletList')],
  ['a list of paragraphs', () => element('bulletList', element('paragraph', text('no item')))],
  ['a paragraph in a paragraph', () => element('paragraph', text('out'), element('paragraph', text('in')))],
  ['a document in the document', () => element('doc', element('paragraph', text('x')))],
  ['an element named text', () => element('text', text('x'))],
  [
    'an unknown mark',
    () => {
      const words = text('words');
      words.format(0, 2, { glitter: { colour: 7 }, bold: {} });
      return element('paragraph', words);
    },
  ],
  [
    'something embedded',
    () => {
      const words = text('ab');
      words.insertEmbed(1, { file: 1 });
      return element('paragraph', words);
    },
  ],
  [
    'bold code',
    () => {
      const words = text('ab');
      words.format(0, 2, { bold: {} });
      return element('codeBlock', words);
    },
  ],
  ['two texts in a paragraph', () => element('paragraph', text('one'), text('two'))],
];

test.each(STRANGE)('TO6: %s is shown, is kept for everyone, and the note can be written on', (_name, make) => {
  const [ada, bob] = [
    writer(start(paragraph('one'), paragraph('two')), 11),
    writer(start(paragraph('one'), paragraph('two')), 12),
  ];
  ada.editor.commands.setTextSelection(spot(ada, 1));
  const fragment = bob.doc.getXmlFragment(NOTE_FRAGMENT);
  bob.editor.destroy();
  fragment.insert(1, [make()]);
  const was = fragment.get(1).toString();
  deliver(bob, ada);
  expect(shown(ada)).toEqual(fresh(ada));
  ada.editor.state.doc.check();
  for (const at of [ada.editor.state.doc.content.size - 1, 1]) ada.editor.commands.insertContentAt(at, 'typed ');
  expect(ada.doc.getXmlFragment(NOTE_FRAGMENT).toArray().map(String)).toEqual(expect.arrayContaining(was ? [was] : []));
  expect(ada.editor.state.doc.textContent).toContain('typed ');
  // Who opens the note anew sees the same.
  const later = writer(Y.encodeStateAsUpdate(ada.doc), 13);
  expect(shown(later)).toEqual(fresh(ada));
  expect(later.written).toBe(0);
});
