// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { NOTE_FRAGMENT } from '#core/note/schema.ts';
import { type TypingEditor, typingEditor } from '../../../../tests/support/typing-editor.ts';

const FILE = 'abcdefghijklmnopqrstuvwxyz-2x1.png';
let room: TypingEditor;

afterEach(() => room.editor.destroy());

/** An image that is selected, with its field. */
function selected(): HTMLInputElement {
  room = typingEditor(`![before](/files/${FILE})\n\ntext`);
  room.editor.commands.setNodeSelection(0);
  const field = room.editor.view.dom.querySelector<HTMLInputElement>('.note-image.selected input');
  if (!field) throw new Error('The image has no field.');
  return field;
}

/** As someone else writes it. */
function othersWrite(alt: string): void {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(room.doc));
  const image = other.getXmlFragment(NOTE_FRAGMENT).get(0) as Y.XmlElement;
  image.setAttribute('alt', alt);
  Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(other));
}

test('WR13: an image that was only selected keeps the alt text that someone else wrote meanwhile', () => {
  const field = selected();
  othersWrite('theirs');
  expect(field.value).toBe('theirs');
  room.editor.commands.setTextSelection(3);
  expect(room.note().content[0]?.attrs?.['alt']).toBe('theirs');
});

test('WR13: what was typed as alt text stays in the field while others write, and is taken when it is left', () => {
  const field = selected();
  field.value = 'mine';
  othersWrite('theirs');
  expect(field.value).toBe('mine');
  room.editor.commands.setTextSelection(3);
  expect(room.note().content[0]?.attrs?.['alt']).toBe('mine');
});

test('WR13: an alt text that the field cannot hold stays as it is when the image is only selected', () => {
  selected();
  room.editor.commands.setTextSelection(3);
  othersWrite('two\nlines');
  room.editor.commands.setNodeSelection(0);
  room.editor.commands.setTextSelection(3);
  expect(room.note().content[0]?.attrs?.['alt']).toBe('two\nlines');
});
