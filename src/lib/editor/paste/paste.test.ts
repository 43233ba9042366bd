// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainText } from '#core/note/outline.ts';
import { typingEditor, type TypingEditor } from '../../../../tests/support/typing-editor.ts';

const FIXTURES = `${import.meta.dirname}/../../../../tests/fixtures/paste/`;
const pages = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
const fixture = (name: string) => readFileSync(FIXTURES + name, 'utf8');

/** Pastes, and waits for what reads other programs' clipboards. */
async function paste({ editor }: TypingEditor, data: Record<string, string>): Promise<void> {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { files: [], getData: (type: string) => data[type] ?? '' } });
  editor.view.dom.dispatchEvent(event);
  await import('./reader.ts');
  await Promise.resolve();
}

test.each(pages)('WR3: pasted HTML keeps its structure and loses its looks: %s', async (name) => {
  const room = typingEditor();
  const text = name === 'mail/lore.html' ? fixture('mail/lore.txt') : 'text';
  await paste(room, { 'text/html': fixture(name), 'text/plain': text });
  expect(room.markdown()).toBe(fixture(name.replace('.html', '.md')));
});

test.each(pages)('WR3: no sign that can be seen in pasted HTML is lost: %s', async (name) => {
  const room = typingEditor();
  await paste(room, { 'text/html': fixture(name) });
  const page = new DOMParser().parseFromString(fixture(name), 'text/html');
  for (const unseen of page.querySelectorAll('head, style, script, [hidden], .markdown-alert-title, [style*="Ignore"]'))
    unseen.remove();
  const seen = (text: string) => text.replace(/\s/gu, '');
  expect(missing(seen(page.body.textContent), seen(plainText(room.note())))).toBe('');
});

/** What of `part` does not stand in `whole` in that order. */
function missing(part: string, whole: string): string {
  let at = 0;
  for (const sign of whole) if (part.startsWith(sign, at)) at += sign.length;
  return part.slice(at);
}

/** Drops it from another window at a place of the note. */
async function drop({ editor }: TypingEditor, pos: number, data: Record<string, string>): Promise<void> {
  const event = new Event('drop', { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { files: [], getData: (type: string) => data[type] ?? '' } });
  editor.view.posAtCoords = () => ({ pos, inside: -1 });
  editor.view.dom.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
  await import('./reader.ts');
  await Promise.resolve();
}

test('OU2: pasted HTML is read by the words that are typed, but in quotes, code and sentences; undo gives what was pasted', async () => {
  const html =
    '<p>DECISION: <b>one</b> queue</p><ul><li>ACTION @Ana: post it (due 2023-12-01)</li><li>said</li></ul>' +
    '<blockquote><p>Q: quoted?</p></blockquote><p><code>TODO</code> x</p><p>so<br>??? who<br>and</p>';
  const room = typingEditor();
  await paste(room, { 'text/html': html, 'text/plain': 'x' });
  expect(room.markdown()).toBe(
    'DECISION: **one** queue\n\n- [ ] ACTION @Ana: post it (due 2023-12-01)\n\n- said\n\n> Q: quoted?\n\n`TODO` x\n\nso\n\n??? who\n\nand\n',
  );
  room.editor.commands.undo();
  expect(JSON.stringify(room.note())).not.toContain('"outcome"');
  expect(plainText({ type: 'doc', content: room.note().content })).toContain('DECISION: one queue');
  const sentence = typingEditor('so ');
  sentence.editor.commands.focus('end');
  await paste(sentence, { 'text/html': '<p>Q: <b>which</b>?</p>', 'text/plain': 'x' });
  expect(JSON.stringify(sentence.note())).not.toContain('"outcome"');
});

test('OU2: pasted lines with a time before their words are outcomes too, and keep the time', async () => {
  const room = typingEditor();
  const text = '[12:16] DECISION: one queue\n[12:17] said\n[12:18] ACTION @Ana: post it (due 2023-12-01)';
  await paste(room, { 'text/plain': text });
  expect(room.note().content.map(({ type, attrs }) => [type, attrs?.['kind'], attrs?.['owners']])).toEqual([
    ['outcome', 'decision', ''],
    ['paragraph', undefined, undefined],
    ['outcome', 'action', 'Ana'],
  ]);
  expect(plainText(room.note())).toBe('[12:16] one queue\n[12:17] said\n[12:18] post it');
});

test('WR3: what is dropped from another window is read as what is pasted, at the place where it is dropped', async () => {
  for (const name of pages.filter((page) => page !== 'mail/lore.html')) {
    const room = typingEditor();
    await drop(room, 1, { 'text/html': fixture(name), 'text/plain': 'text' });
    expect(room.markdown(), name).toBe(fixture(name.replace('.html', '.md')));
  }
  const room = typingEditor('one two');
  await drop(room, 5, { 'text/html': '<b style="font-weight:normal" onclick="x()">big-</b>', 'text/plain': 'big-' });
  expect(room.markdown()).toBe('one big-two\n');
});

test('WR3: code takes what is dropped as it is', async () => {
  const room = typingEditor('```\nab\n```');
  await drop(room, 2, { 'text/html': '<p>x</p>', 'text/plain': '**x**' });
  expect(room.markdown()).toBe('```\na**x**b\n```\n');
});

test('WR3: a text that was taken for code becomes the text by undo, and nothing by another', async () => {
  const room = typingEditor('x\n\n&nbsp;');
  const text = 'int a;\n\tb(*c);\n\nreturn **d;';
  await paste(room, { 'text/plain': text });
  expect(room.markdown()).toBe(`x\n\n\`\`\`c\n${text}\n\`\`\`\n\n&nbsp;\n`);
  room.editor.commands.undo();
  expect(plainText(room.note())).toContain('return **d;');
  expect(room.note().content[1]?.type).toBe('paragraph');
  room.editor.commands.undo();
  expect(room.markdown()).toBe('x\n\n&nbsp;\n');
  room.editor.commands.redo();
  room.editor.commands.redo();
  expect(room.note().content[1]?.type).toBe('codeBlock');
});

test('WR9: an address pasted over words becomes their link, one that may be none takes their place', async () => {
  const room = typingEditor('ab **cd** ef');
  room.editor.commands.setTextSelection({ from: 2, to: 6 });
  await paste(room, { 'text/plain': 'https://a.b/c_(d)?e=f \n' });
  expect(room.markdown()).toBe('a[b **cd**](<https://a.b/c_(d)?e=f>) ef\n');
  await paste(room, { 'text/plain': 'javascript:x' });
  expect(room.markdown()).toBe('ajavascript:x ef\n');
});

test('WR3: one line stays in its line, its address becomes a link', async () => {
  const room = typingEditor('ab');
  room.editor.commands.setTextSelection(2);
  await paste(room, { 'text/plain': ' see https://a.b/c_d, *x \n' });
  expect(room.markdown()).toBe('a see <https://a.b/c_d>, \\*xb\n');
});

test('WR3: into code everything is pasted as it is', async () => {
  const room = typingEditor('```\na\n```');
  await paste(room, { 'text/plain': '\r\n# b\t**c**\n\n\n', 'text/html': '<h1>b</h1>' });
  expect(room.note().content[0]?.content?.[0]?.text).toBe('a\n# b\t**c**\n\n\n');
});

test('WR3: with Shift the characters alone are pasted', async () => {
  const room = typingEditor();
  room.press('Shift', { shiftKey: true, keyCode: 16 });
  await paste(room, { 'text/plain': '# a **b**\nhttps://c.d/', 'text/html': '<h1>a <b>b</b></h1>' });
  expect(room.note().content).toEqual([
    { type: 'paragraph', content: [text('# a **b**'), { type: 'hardBreak' }, text('https://c.d/')] },
  ]);
});

test('WR3: in a cell of a table blocks are pasted as lines', async () => {
  const room = typingEditor('| a | b |\n| --- | --- |\n| c | d |');
  room.editor.commands.setTextSelection(4);
  await paste(room, { 'text/html': '<h2>e</h2><ul><li>f</li><li>g</li></ul><p><b>h</b></p>', 'text/plain': 'e' });
  expect(room.markdown()).toBe('| ae<br>f<br>g<br>**h** | b |\n| --- | --- |\n| c | d |\n');
});

test('WR3: what is nested too deeply is pasted as plain text', async () => {
  const room = typingEditor();
  await paste(room, { 'text/html': '<blockquote>'.repeat(60) + 'a<p>b</p>', 'text/plain': 'a\nb' });
  expect(room.markdown()).toBe('a\\\nb\n');
  expect(room.said).toEqual(['That is nested too deeply. It was pasted as plain text.']);
});

test('WR3: what is too long is pasted as plain text, and that is said', async () => {
  const room = typingEditor();
  await paste(room, { 'text/plain': `# a\n${'b'.repeat(2_000_000)}` });
  expect(room.note().content[0]?.type).toBe('paragraph');
  expect(room.said).toEqual(['That is more than 2 MB. It was pasted as plain text.']);
});

test('WR3: handlers, scripts and addresses that run something do not arrive', async () => {
  const room = typingEditor();
  const html =
    '<p onclick="x()">a <a href="javascript:x()">b</a><img src="https://e.f/g.png" onerror="x()" alt="c"></p>';
  await paste(room, { 'text/html': html });
  expect(room.markdown()).toBe('a b[c](https://e.f/g.png)\n');
});

const text = (words: string) => ({ type: 'text', text: words });

test('WR3 TO2: a text that is taken for Markdown leaves the places beside it where they are', async () => {
  const room = typingEditor('first\n\nhere\n\nlast');
  const { editor } = room;
  editor.commands.setTextSelection(12);
  const places: number[][] = [];
  editor.on('transaction', ({ transaction: { docChanged, mapping, before } }) => {
    if (docChanged)
      places.push([mapping.map(3), before.content.size - mapping.invert().map(editor.state.doc.content.size - 3)]);
  });
  await paste(room, { 'text/plain': '## Agenda\n\n- one\n- **two**' });
  expect(room.note().content.map(({ type }) => type)).toEqual([
    'paragraph',
    'paragraph',
    'heading',
    'bulletList',
    'paragraph',
  ]);
  expect(places).toEqual([
    [3, 3],
    [3, 3],
  ]);
});
