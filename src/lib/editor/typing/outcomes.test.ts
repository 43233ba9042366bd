// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { typingEditor } from '../../../../tests/support/typing-editor.ts';

// Outside of a browser Svelte has no components to mount: the menus that signs open stay unseen here.
vi.mock('svelte', async (real) => ({ ...(await real<object>()), mount: () => ({}), unmount: () => undefined }));

/** Typed, and the note's Markdown afterwards. */
const TYPED: [string, string][] = [
  ['DECISION: one queue', 'DECISION: one queue\n'],
  ['AGREED - one queue', 'DECISION: one queue\n'],
  ['AGREED one queue', 'DECISION: one queue\n'],
  ['RESOLVED: one queue\nnext', 'DECISION: one queue\n\nnext\n'],
  ['ACTION @ana: post it (due 2023-12-01)', '- [ ] ACTION @ana: post it (due 2023-12-01)\n'],
  ['ACTION Ana Bo: post it (dropped: no use)', '- [ ] ACTION @Ana Bo: post it (dropped: no use)\n'],
  ['- [ ] post it', '- [ ] ACTION (no owner): post it\n'],
  ['- a\n[x] ACTION @ana: post it', '- a\n\n- [x] ACTION @ana: post it\n'],
  ['AI: post it', '- [ ] ACTION (no owner): post it\n'],
  ['TODO post it', '- [ ] ACTION (no owner): post it\n'],
  ['Q: which?', 'Q: which?\n'],
  ['OPEN: which?', 'Q: which?\n'],
  ['??? who said it', '??? who said it\n'],
  ['Q: \n\nx', 'x\n'],
  ['[12:16] DECISION: one queue', 'DECISION: [12:16] one queue\n'],
  ['[12:16] TODO post it', '- [ ] ACTION (no owner): [12:16] post it\n'],
];

test.each(TYPED)('OU2: %j is typed', (typed, markdown) => {
  const { type, markdown: written } = typingEditor();
  type(typed);
  expect(written().replace(/^&nbsp;\n\n/, '')).toBe(markdown);
});

test.each(['DECISION: ', 'ACTION @ana: ', 'AGREED o', '??? ', 'TODO x'])(
  'OU2: Backspace right after %j gives back what was typed, and what is typed then changes nothing',
  (typed) => {
    const { type, press, note } = typingEditor();
    type(typed);
    expect(note().content[0]?.type).toBe('outcome');
    press('Backspace');
    type('k l');
    expect(note().content).toEqual([{ type: 'paragraph', content: [{ type: 'text', text: `${typed}k l` }] }]);
  },
);

test.each(['> DECISION: x', '```\nDECISION: x', '`DECISION: x', 'Rejected: x', 'x DECISION: y'])(
  'OU2: %j makes no outcome',
  (typed) => {
    const { type, note } = typingEditor();
    type(typed);
    expect(JSON.stringify(note())).not.toContain('"outcome"');
  },
);

test('OU3: a key marks the lines of the selection, taking their words, and makes them plain again', () => {
  const { editor, press, note, markdown } = typingEditor('a\n\nDECISION\\: b (posted)');
  editor.commands.selectAll();
  press('d', { ctrlKey: true, altKey: true, code: 'KeyD' });
  expect(markdown()).toBe('DECISION: a\n\nDECISION: b (posted)\n');
  const ids = note().content.map(({ attrs }) => String(attrs?.['id']));
  for (const id of ids) expect(id).toMatch(/^[0-9a-z]{26}$/);
  expect(ids[0]).not.toBe(ids[1]);
  press('d', { ctrlKey: true, altKey: true, code: 'KeyD' });
  expect(markdown()).toBe('a\n\nb\n');
});

test('OU3: another key changes the kind and nothing else', () => {
  const { press, note } = typingEditor('Q @Ana: a (due b)');
  const before = note().content[0]?.attrs;
  press('g', { ctrlKey: true, altKey: true, code: 'KeyG' });
  expect(note().content[0]?.attrs).toEqual({ ...before, kind: 'gap' });
});

test('OU3: Enter ends an outcome, in its middle too; Backspace at its start makes it a line', () => {
  const { editor, type, press, markdown } = typingEditor('DECISION: ab');
  editor.commands.setTextSelection(2);
  press('Enter');
  expect(markdown()).toBe('DECISION: a\n\nb\n');
  editor.commands.setTextSelection(1);
  press('Backspace');
  type('c');
  expect(markdown()).toBe('ca\n\nb\n');
});

test('OU4: Ctrl+Enter says that it is done, and takes it back', () => {
  const { press, markdown } = typingEditor('- [ ] ACTION @Ana: a');
  press('Enter', { ctrlKey: true });
  expect(markdown()).toBe('- [x] ACTION @Ana: a\n');
  press('Enter', { ctrlKey: true });
  expect(markdown()).toBe('- [ ] ACTION @Ana: a\n');
});
