// @vitest-environment happy-dom
import { yUndoPluginKey } from '@tiptap/y-tiptap';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { NOTE_FRAGMENT } from '#core/note/schema.ts';
import { typingEditor } from '../../../tests/support/typing-editor.ts';
import { moveBlock } from './move-block.ts';

/** Someone else writes at the end of the first text that holds these words. */
function othersWrite(doc: Y.Doc, behind: string, words: string): void {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const visit = (type: unknown): boolean => {
    if (type instanceof Y.XmlText) {
      if (!type.toString().includes(behind)) return false;
      type.insert(type.length, words);
      return true;
    }
    return type instanceof Y.XmlFragment && type.toArray().some(visit);
  };
  expect(visit(other.getXmlFragment(NOTE_FRAGMENT))).toBe(true);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
}

test.each([
  ['a list item', '- one', '\nmine', '- one\n- by others\n'],
  ['a quote', 'one', '\n> mine', 'one\n\n> by others\n'],
  ['nothing else', 'one', '\nmine', 'one\n\nby others\n'],
])('ED2: undo of %s takes out what was typed here and leaves what others wrote in it', (_, start, typed, after) => {
  const { editor, type, doc, markdown } = typingEditor(start);
  type(typed);
  othersWrite(doc, 'mine', 'by others');
  while (editor.can().undo()) editor.commands.undo();
  expect(markdown()).toBe(after);
  editor.destroy();
});

test('ED2: undo of a heading leaves it a heading for what others wrote in it', () => {
  const { editor, type, doc, markdown } = typingEditor('one');
  type('\nmine');
  editor.commands.setNode('heading', { level: 3 });
  othersWrite(doc, 'mine', 'by others');
  while (editor.can().undo()) editor.commands.undo();
  expect(markdown()).toBe('one\n\n### by others\n');
  editor.destroy();
});

test.each([
  ['a paragraph', 'one and more words\n\nmoved'],
  ['a heading', 'one and more words\n\n## moved'],
  ['a list item', '- one and more words\n- moved'],
  ['code', 'one and more words\n\n```\nmoved\n```'],
])('WR11: a move of %s that is undone leaves what others wrote in it meanwhile', (_, start) => {
  const { editor, doc, markdown } = typingEditor(start);
  editor.commands.setTextSelection(editor.state.doc.content.size - 3);
  moveBlock(editor, -1);
  othersWrite(doc, 'moved', ' by others');
  editor.commands.undo();
  expect(markdown()).toContain('by others');
  expect(markdown().match(/moved/g)).toHaveLength(1);
  editor.destroy();
});

test('ED2: undo of what nobody else wrote in leaves nothing of it', () => {
  const { editor, type, doc, markdown } = typingEditor('one');
  type('\n- mine');
  othersWrite(doc, 'one', ' and theirs');
  while (editor.can().undo()) editor.commands.undo();
  expect(markdown()).toBe('one and theirs\n');
  editor.destroy();
});

test('ED7: words brought back twice stand for everyone where they stand in the editor', () => {
  const { editor, doc, markdown } = typingEditor('before\n\none two');
  const { undoManager } = yUndoPluginKey.getState(editor.state) as { undoManager: Y.UndoManager };
  const end = editor.state.doc.content.size - 1;
  editor.commands.deleteRange({ from: end - 5, to: end });
  editor.commands.undo();
  editor.commands.insertContentAt(end - 2, '!');
  undoManager.stopCapturing();
  editor.commands.deleteRange({ from: 8, to: editor.state.doc.content.size });
  editor.commands.undo();
  expect(markdown()).toBe('before\n\none t!wo\n');
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  expect(copy.getXmlFragment(NOTE_FRAGMENT).toString()).toBe(doc.getXmlFragment(NOTE_FRAGMENT).toString());
  editor.destroy();
});
