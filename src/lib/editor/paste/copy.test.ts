// @vitest-environment happy-dom
import { NodeSelection, TextSelection } from '@tiptap/pm/state';
import { fc } from '../../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { normalNote } from '#core/note/normal.ts';
import type { NoteJson, NoteNode } from '#core/note/json.ts';
import { arbitraryNote } from '../../../../tests/support/arbitrary-note.ts';
import { typingEditor, type TypingEditor } from '../../../../tests/support/typing-editor.ts';

/** Milliseconds; generated cases take long on a busy machine. */
const SLOW = 120_000;

/** What copying the selection puts on the clipboard. */
function copied({ editor: { view } }: TypingEditor): { 'text/html': string; 'text/plain': string } {
  const { dom, text } = view.serializeForClipboard(view.state.selection.content());
  return { 'text/html': dom.innerHTML, 'text/plain': text };
}

function paste({ editor }: TypingEditor, data: Record<string, string>): void {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { files: [], getData: (type: string) => data[type] ?? '' } });
  editor.view.dom.dispatchEvent(event);
}

/** Selects from the first `from` to the end of the first `to`. */
function select(room: TypingEditor, from: string, to = from): void {
  let [start, end] = [-1, -1];
  room.editor.state.doc.descendants((node, at) => {
    const text = node.text ?? '';
    if (start < 0 && text.includes(from)) start = at + text.indexOf(from);
    if (end < 0 && text.includes(to)) end = at + text.indexOf(to) + to.length;
  });
  const { state, view } = room.editor;
  view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, start, end)));
}

const NOTE =
  '# Title\n\nsome **bold** words_with_signs *x*\\\nsecond <https://a.b/>\n\n- one\n- two\n  - three\n\n&nbsp;\n\n```c\nint a;\n\tb();\n```\n\n| a | b |\n| --- | --- |\n| c | dd |\n';

test.each([
  ['a word', 'with_signs', 'with_signs', 'with_signs'],
  ['a word of a heading', 'Title', 'Title', 'Title'],
  ['words with a mark', 'some', 'words', 'some **bold** words'],
  ['lines', ' words_w', 'second', ' words_with_signs _x_\\\nsecond'],
  ['a word of a list', 'two', 'two', 'two'],
  ['items', 'one', 'three', '- one\n- two\n  - three'],
  ['code', 'int', 'b()', 'int a;\n\tb()'],
  ['blocks, without the empty ones', 'three', 'int a;\n\tb();', '- - three\n\n```c\nint a;\n\tb();\n```'],
  ['a cell', 'dd', 'dd', 'dd'],
])('WR4: copied as plain text: %s', (_, from, to, text) => {
  const room = typingEditor(NOTE);
  select(room, from, to);
  expect(copied(room)['text/plain']).toBe(text);
});

test('WR4: a block that is selected is copied as Markdown', () => {
  const room = typingEditor('a\n\n---\n\nb');
  const { state, view } = room.editor;
  view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, 3)));
  expect(copied(room)['text/plain']).toBe('---');
});

test('WR4: copied HTML is what other programs read, without classes and handlers of ours', () => {
  const room = typingEditor(NOTE);
  room.editor.commands.selectAll();
  const html = copied(room)['text/html'];
  expect(html).toContain('<strong>bold</strong>');
  expect(html).toContain('<ul><li><p>one</p></li>');
  expect(html).toContain('<code data-language="c" class="language-c">int a;\n\tb();</code>');
  expect(html).not.toMatch(/style=|contenteditable|note-text|ProseMirror/);
});

test('WR4: copied and pasted, a block is another block: it has no anchor', () => {
  const room = typingEditor('> a\n>\n> b');
  const { state, view } = room.editor;
  view.dispatch(state.tr.setNodeAttribute(0, 'anchor', 'abcdefgh').setNodeAttribute(1, 'anchor', 'ijklmnop'));
  room.editor.commands.selectAll();
  const other = typingEditor();
  paste(other, copied(room));
  expect(other.markdown()).toBe('> a\n>\n> b\n');
  expect(JSON.stringify(other.note())).not.toContain('anchor');
});

/** A copy of an outcome is another one: its id and number are its own. */
const unnumbered = (note: NoteJson): unknown =>
  JSON.parse(JSON.stringify(note), (key, value: unknown) => (key === 'id' || key === 'short' ? '' : value));

test(
  'WR4: copied from one room and pasted into another nothing is lost, for every note of the schema',
  () => {
    fc.assert(
      fc.property(arbitraryNote(), (note) => {
        const [from, to] = [typingEditor(note), typingEditor()];
        from.editor.commands.selectAll();
        paste(to, copied(from));
        expect(unnumbered(to.note())).toEqual(unnumbered(normalNote({ content: note.content.map(unanchored) })));
        for (const { editor, doc } of [from, to]) {
          editor.destroy();
          doc.destroy();
        }
      }),
      { numRuns: 150 },
    );
  },
  SLOW,
);

/** A copy is another block. A carriage return, which only a foreign client writes, comes out of HTML as a line feed. */
const unanchored = ({ attrs, content, text, ...node }: NoteNode): NoteNode => ({
  ...node,
  ...(text !== undefined && { text: text.replace(/\r\n?/g, '\n') }),
  ...(attrs && { attrs: { ...attrs, anchor: null } }),
  ...(content && { content: content.map(unanchored) }),
});

test('OU5: a pasted copy of an outcome is another one; what was cut is the same, once', () => {
  const id = '0a1b2c3d4e5f6g7h8i9j0k1l2m';
  const line = { type: 'outcome', attrs: { id, kind: 'decision' }, content: [{ type: 'text', text: 'a' }] };
  const empty = { type: 'paragraph' };
  const room = typingEditor(normalNote({ content: [line, empty, empty, empty] }));
  const { editor } = room;
  const found = () => room.note().content.filter((node) => node.type === 'outcome');
  const same = () => found().filter(({ attrs }) => attrs?.['id'] === id).length;
  editor.commands.setNodeSelection(0);
  const slice = copied(room);
  const pasteAtEnd = (): void => {
    let at = 0;
    editor.state.doc.forEach((node, offset) => void (node.type.name === 'paragraph' && (at = offset + 1)));
    editor.commands.setTextSelection(at);
    paste(room, slice);
  };
  pasteAtEnd();
  expect([found().length, same()]).toEqual([2, 1]);
  editor.commands.setNodeSelection(0);
  editor.view.someProp('handleDOMEvents', ({ cut }) => cut?.(editor.view, new Event('cut') as ClipboardEvent));
  editor.commands.deleteSelection();
  expect([found().length, same()]).toEqual([1, 0]);
  pasteAtEnd();
  expect([found().length, same()]).toEqual([2, 1]);
  pasteAtEnd();
  expect([found().length, same()]).toEqual([3, 1]);
});
