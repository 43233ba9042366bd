// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { typingEditor, type TypingEditor } from '../../../../tests/support/typing-editor.ts';
import type { EditorContext } from '../command.ts';
import { entriesFor, type MenuKind } from './entries.ts';

/** Takes the first of the menu at the caret. */
function take({ editor }: TypingEditor, kind: MenuKind): void {
  const place = { words: 'IOPF', more: 'VFIO', url: 'https://a.b/iopf' };
  const context = { people: () => ['Ana Ruiz'], places: () => [place], words: () => [] } as unknown as EditorContext;
  const { head } = editor.state.selection;
  entriesFor(kind, '', { editor, context, commands: [] })[0]?.take(editor, head, head);
}

test.each<[MenuKind, string, string]>([
  ['@', ' and', '@Ana Ruiz and\n'],
  ['@', '  and', '@Ana Ruiz  and\n'],
  ['@', 'and', '@Ana Ruiz and\n'],
  ['@', ', too', '@Ana Ruiz, too\n'],
  ['@', ' , too', '@Ana Ruiz , too\n'],
  ['#', ' later', '[IOPF](https://a.b/iopf) later\n'],
  ['#', '.', '[IOPF](https://a.b/iopf).\n'],
  ['speaker', ' yes', 'Ana Ruiz: yes\n'],
  ['speaker', '?', 'Ana Ruiz: ?\n'],
])('WR7: %s taken from a menu and “%s” typed behind it', (kind, typed, markdown) => {
  const room = typingEditor();
  take(room, kind);
  room.type(typed);
  expect(room.markdown()).toBe(markdown);
});

test('WR7: a space that is typed after the caret was elsewhere is a space', () => {
  const room = typingEditor('a\n\nb');
  take(room, '@');
  const { head } = room.editor.state.selection;
  room.editor.commands.setTextSelection(1);
  room.editor.commands.setTextSelection(head);
  room.type(' c');
  expect(room.markdown()).toBe('a\n\nb@Ana Ruiz  c\n');
});
