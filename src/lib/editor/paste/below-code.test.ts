// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { typingEditor, type TypingEditor } from '../../../../tests/support/typing-editor.ts';

const LOG = '[    0.1] pci 0000:00:01.0: enabling device\n[    0.2] pci 0000:00:01.0: BAR 0: assigned';
const HTML = '<pre><code>int a;\nint b;</code></pre>';

async function paste({ editor }: TypingEditor, data: Record<string, string>): Promise<void> {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { files: [], getData: (type: string) => data[type] ?? '' } });
  editor.view.dom.dispatchEvent(event);
  await import('./reader.ts');
  await Promise.resolve();
}

const texts = (room: TypingEditor) => room.editor.state.doc.content.content.map(({ textContent }) => textContent);
const types = (room: TypingEditor) => room.editor.state.doc.content.content.map(({ type }) => type.name);

test.each([
  ['a log', { 'text/plain': LOG }],
  ['code of a page', { 'text/plain': 'int a;\nint b;', 'text/html': HTML }],
])('WR3 WR12: after %s is pasted into an empty line, what is typed stands below it', async (_, data) => {
  const room = typingEditor('Before\n\n&nbsp;');
  await paste(room, data);
  room.type('After');
  expect(types(room)).toEqual(['paragraph', 'codeBlock', 'paragraph']);
  expect(room.editor.state.doc.lastChild?.textContent).toBe('After');
  expect(room.editor.state.doc.child(1).textContent.split('\n')).toHaveLength(2);
});

test.each(['A\n\n&nbsp;\n\nBelow', 'A\n\n&nbsp;\n\n&nbsp;\n\nBelow'])(
  'WR3: what stands below a pasted log stays a block of its own, and an empty line there is used: %j',
  async (start) => {
    const room = typingEditor(start);
    room.editor.commands.setTextSelection(4);
    await paste(room, { 'text/plain': LOG });
    room.type('x');
    expect(texts(room)).toEqual(['A', LOG, 'x', 'Below']);
  },
);

test('WR3: a log pasted in the middle of a line is gone on behind in the rest of the line', async () => {
  const room = typingEditor('abcd');
  room.editor.commands.setTextSelection(3);
  await paste(room, { 'text/plain': LOG });
  room.type('x');
  expect(texts(room)).toEqual(['ab', LOG, 'xcd']);
});

test('WR3: one undo takes away the line below with the code', async () => {
  const room = typingEditor('Before\n\n&nbsp;');
  await paste(room, { 'text/plain': LOG });
  room.editor.commands.undo();
  room.editor.commands.undo();
  expect(types(room)).toEqual(['paragraph', 'paragraph']);
});

test('WR12: ArrowDown at the end of code that ends the note makes a line below', () => {
  const room = typingEditor('```\ncode\n```');
  room.press('ArrowDown');
  room.type('After');
  expect(types(room)).toEqual(['codeBlock', 'paragraph']);
});
