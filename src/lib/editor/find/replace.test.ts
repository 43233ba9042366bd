// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { type TypingEditor, typingEditor } from '../../../../tests/support/typing-editor.ts';
import { found, withStep } from './find-marks.ts';
import { replaceAll, replaceOne } from './replace.ts';

let open: TypingEditor | null = null;

afterEach(() => open?.editor.destroy());

function looking(markdown: string, text: string, matchCase = false): TypingEditor {
  open = typingEditor(markdown);
  const { view } = open.editor;
  view.dispatch(withStep(view.state.tr, { look: { text, matchCase } }));
  return open;
}

test.each([
  ['qz one **qz two** qz three', 'qz', 'Q/Z', 'Q/Z one **Q/Z two** Q/Z three'],
  ['one, **b** one', 'one', '', ', **b**&#32;'],
  ['colour **colour**', 'colour', 'color', 'color **color**'],
  ['a aa aaa', 'a', 'aa', 'aa aaaa aaaaaa'],
  [
    'see [the list](https://lore.kernel.org/) list',
    'list',
    'archive',
    'see [the archive](https://lore.kernel.org/) archive',
  ],
  ['mixed: q*z*', 'qz', 'x', 'mixed: x'],
])('WR10: in “%s” every “%s” becomes “%s”', (before, text, by, after) => {
  const { editor, markdown } = looking(before, text);
  replaceAll(editor, by);
  expect(markdown().trim()).toBe(after.trim());
  expect(editor.getText()).not.toContain('\uFFFC');
});

test('WR10: all is undone at once, what was typed before and after by itself', () => {
  const { editor, type, markdown } = looking('qz\n\nand qz, qz, qz', 'qz');
  type('.');
  replaceAll(editor, 'kernel');
  type(',');
  expect(markdown()).toBe('kernel\n\nand kernel, kernel, kernel.,\n');
  editor.commands.undo();
  expect(markdown()).toBe('kernel\n\nand kernel, kernel, kernel.\n');
  editor.commands.undo();
  expect(markdown()).toBe('qz\n\nand qz, qz, qz.\n');
});

test('WR10: one is replaced, and the next one is shown', () => {
  const { editor, markdown } = looking('qz one **qz two**\n\nqz three', 'qz');
  editor.view.dispatch(withStep(editor.state.tr, { show: 0 }));
  replaceOne(editor, 'Q/Z');
  expect(markdown()).toBe('Q/Z one **qz two**\n\nqz three\n');
  expect(found(editor.state)).toMatchObject({ at: 0, matches: { length: 2 } });
});

test('WR10: more places than changes go at once in a line are all replaced', () => {
  const { editor, markdown } = looking('qz '.repeat(60), 'qz');
  expect(replaceAll(editor, 'k')).toBe(60);
  expect(markdown().trim()).toBe('k '.repeat(60).trim());
});
