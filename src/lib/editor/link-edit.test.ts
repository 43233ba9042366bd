// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { NOTE_FRAGMENT } from '#core/note/schema.ts';
import { typingEditor, type TypingEditor } from '../../../tests/support/typing-editor.ts';
import { selectLink, setLink } from './link-edit.ts';

/** Others write words before these in the first block. */
function othersWrite(doc: Y.Doc, before: string, words: string): void {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const block = other.getXmlFragment(NOTE_FRAGMENT).get(0);
  const text = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error('no text');
  const plain = (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');
  text.insert(plain.indexOf(before), words);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
}

/** The editor with these words of the note selected. */
function selected(note: string, from: number, to: number): TypingEditor {
  const typing = typingEditor(note);
  typing.editor.commands.setTextSelection({ from, to });
  return typing;
}

const address = 'https://lore.example/';

test('WR9: words that others write into the selection while the form is open stay', () => {
  const { editor, doc, markdown } = selected('see the list here', 5, 13);
  const before = selectLink(editor);
  expect(before.words).toBe('the list');
  othersWrite(doc, 'list', 'long ');
  setLink(editor, { words: 'the archive', address }, before);
  expect(markdown()).toBe(`see [the long archive](${address}) here\n`);
  expect(editor.state.selection.from).toBe(21);
});

test('WR9: words that were not changed keep their marks', () => {
  const { editor, markdown } = selected('the **long** list', 1, 14);
  const before = selectLink(editor);
  setLink(editor, { words: 'a long list', address }, before);
  expect(markdown()).toBe(`[a **long** list](${address})\n`);
});

test.each([
  ['a break between blocks stays', 'one\n\ntwo', 1, 9, 'one and two', `[one](${address})\n\n[and two](${address})\n`],
  ['nothing selected', 'see ', 4, 4, 'it', `see[it](${address})\n`],
  ['no words left', 'the list', 5, 9, '', `the <${address}>\n`],
  ['emoji that share a half', '😀', 1, 3, '😁', `[😁](${address})\n`],
])('WR9: %s', (_, note, from, to, words, after) => {
  const { editor, markdown } = selected(note, from, to);
  setLink(editor, { words, address }, selectLink(editor));
  expect(markdown()).toBe(after);
});
