// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { parseMarkdown } from '#core/note/markdown.ts';
import { plainText } from '#core/note/outline.ts';
import { typingEditor } from '../../../../tests/support/typing-editor.ts';

// Outside of a browser Svelte has no components to mount: the menus that signs open stay unseen here.
vi.mock('svelte', async (real) => ({ ...(await real<object>()), mount: () => ({}), unmount: () => undefined }));

/** Typed, and the note's Markdown afterwards. */
const RULES: [string, string, string][] = [
  ['a heading', '# a', '# a\n'],
  ['a heading of the third level', '### a', '### a\n'],
  ['bullets', '- a\nb', '- a\n- b\n'],
  ['bullets by stars', '* a', '- a\n'],
  ['a numbered list', '1. a\nb', '1. a\n2. b\n'],
  ['a numbered list with another start', '7) a', '7. a\n'],
  ['a quote', '> a', '> a\n'],
  ['code', '``` a *b* # c', '```\na *b* # c\n```\n'],
  ['code by Enter', '```\n- a', '```\n- a\n```\n'],
  ['code in a language', '```c++\nint a;', '```c++\nint a;\n```\n'],
  ['a callout', '> [!WARNING] a', '> [!WARNING]\n> a\n'],
  ['a callout by Enter', '> [!tip]\na', '> [!TIP]\n> a\n'],
  ['a table', '| a | **b** c |\nd', '| a | **b** c |\n| --- | --- |\n| d |  |\n'],
  ['a rule', 'a\n---\nb', 'a\n\n---\n\nb\n'],
  ['bold', '**a b** c', '**a b** c\n'],
  ['bold by underscores', '__a b__ c', '**a b** c\n'],
  ['italic', '*a* b', '_a_ b\n'],
  ['italic by underscores', 'x _a b_, c', 'x _a b_, c\n'],
  ['italic at the end of a line', '_a_\nb *c*\n', '_a_\n\nb _c_\n\n&nbsp;\n'],
  ['struck', '~~a~~ b', '~~a~~ b\n'],
  ['code in a line', 'a `b_c(*d)` e', 'a `b_c(*d)` e\n'],
  ['code inside a word', 'a`b`c', 'a`b`c\n'],
  ['a mark in a mark', '**a `b` c** d', '**a `b` c** d\n'],
  ['a link', '[a](https://a.b/) c', '[a](https://a.b/) c\n'],
  ['a bare address', 'https://a.b/c_d e', '<https://a.b/c_d> e\n'],
  ['a bare address in a sentence', 'x (see https://a.b/c). D', 'x (see <https://a.b/c>). D\n'],
  ['a bare address by Enter', 'x https://a.b/c.\ny', 'x <https://a.b/c>.\n\ny\n'],
  ['a bare mail address', 'mailto:a@b.org x', '<mailto:a@b.org> x\n'],
];

test.each(RULES)('WR2: typed Markdown becomes what it means: %s', (_, typed, markdown) => {
  const { type, markdown: written } = typingEditor();
  type(typed);
  expect(written()).toBe(markdown);
});

/** Typed up to the sign that completes the rule. */
const COMPLETED = [
  ...['# ', 'https://a.b/c ', '### ', '- ', '* ', '1. ', '12) ', '> ', '``` ', '```c ', '~~~ '],
  ...['**a**', '**a `b**', '~~a~~', '`a`', 'x *a* ', 'x _a b_.', '__a b__ ', '[a](https://a.b/)'],
];

test.each(COMPLETED)('WR2: Backspace right after %j gives back what was typed', (typed) => {
  const { type, press, note } = typingEditor('before\n\n&nbsp;');
  type(typed);
  press('Backspace');
  expect(note()).toEqual({ type: 'doc', content: [...parseMarkdown('before').content, literal(typed)] });
  press('Backspace');
  expect(note()).toEqual({ type: 'doc', content: [...parseMarkdown('before').content, literal(typed.slice(0, -1))] });
});

test.each(COMPLETED)('WR2: undo right after %j gives back what was typed, redo what it became', (typed) => {
  const { type, note, editor } = typingEditor();
  type(typed);
  const made = note();
  editor.commands.undo();
  expect(note()).toEqual({ type: 'doc', content: [literal(typed)] });
  editor.commands.redo();
  expect(note()).toEqual(made);
});

const literal = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });

test('WR2: Backspace after Enter made a rule gives the line back', () => {
  const { type, press, markdown } = typingEditor();
  type('---\n');
  expect(markdown()).toContain('---');
  press('Backspace');
  expect(markdown()).toBe('\\---\n');
});

test('WR2: Backspace after Enter made a table gives the line back', () => {
  const { type, press, note } = typingEditor('x\n\n&nbsp;');
  type('| a | b |\n');
  press('Backspace');
  expect(note().content.slice(1)).toEqual([literal('| a | b |')]);
});

test('WR2: Backspace a while after a rule is a Backspace', () => {
  const { type, press, markdown } = typingEditor();
  type('# ab');
  press('Backspace');
  expect(markdown()).toBe('# a\n');
});

test('WR2: others may write between a rule and the Backspace that takes it back', () => {
  const { type, press, doc, note } = typingEditor('x\n\n&nbsp;');
  type('# ');
  const first = doc.getXmlFragment('note').get(0);
  doc.transact(
    () => (first as never as { get(i: number): { insert(i: number, t: string): void } }).get(0).insert(1, 'y'),
    'other',
  );
  press('Backspace');
  expect(note().content).toEqual([literal('xy'), literal('# ')]);
});

const CODE_WORDS = [
  ...[
    'snake_case_name = foo_bar_baz(x_1)',
    '2*3*4 = 24',
    '__init__ and __exit(__user *p)',
    '**kwargs, **more and *args, *b',
  ],
  ...[
    '_raw_spin_lock(&a->lock) _foo_bar',
    '*ptr = *other; **argv',
    'char *a, *b, **c;',
    '/* c */ x',
    '#include <a.h>',
    'a->b',
  ],
  ...[
    '--flag --other',
    '-EINVAL',
    '[1] see [2]',
    '[PATCH v3 2/7] iommufd: x',
    '--- a/drivers/x.c',
    '+++ b/x.c',
    '+ added',
  ],
  ...[
    '2023. It was',
    "`foo' and `bar'",
    '~5 ~~ 6',
    '|| a',
    'a | b |',
    'x = (*f)(*g);',
    '<20231108.a@b.org> a@b.org c',
    'make.sh run.py README.md x',
    'xhttps://a.b/ c https:// javascript:a() d',
  ],
  ...['a ** b ** c', '* a *'.slice(2), 'f(**a, **b) ', '5 * 3 * 2', '#1 #2', '>= 3', '1.5 x', '-1 '],
];

test.each(CODE_WORDS)('WR2: %j stays as it is typed', (typed) => {
  const { type, note } = typingEditor('before\n\n&nbsp;');
  type(typed);
  expect(note().content.slice(1)).toEqual([literal(typed)]);
});

test('WR2: none works in a block of code', () => {
  const { type, note } = typingEditor('```\na\n```');
  const typed = '# b - c **d** `e` *f* [g](https://h.i/) > --- ';
  type(typed);
  expect(plainText(note() as never)).toBe(`a${typed}`);
  expect(JSON.stringify(note())).not.toContain('marks');
});

test('WR2: none works in code in a line', () => {
  const { type, editor, note } = typingEditor();
  editor.commands.setMark('code');
  type('**a** _b_ c');
  expect(note().content).toEqual([
    { type: 'paragraph', content: [{ type: 'text', text: '**a** _b_ c', marks: [{ type: 'code' }] }] },
  ]);
});

test('WR2: none works on what others write', () => {
  const { doc, note } = typingEditor('x\n\ny');
  const write = (at: number, text: string) =>
    doc.transact(() => {
      const block = doc.getXmlFragment('note').get(at) as never as {
        get(i: number): { insert(i: number, t: string): void };
      };
      for (const sign of [...text].reverse()) block.get(0).insert(0, sign);
    }, 'other');
  write(0, '# **a** ');
  write(1, 'https://a.b/ ');
  expect(note().content).toEqual([literal('# **a** x'), literal('https://a.b/ y')]);
});

test('ED2 ED6: after undo the caret is where it was, and a change by others leaves it where I go then', () => {
  const { type, doc, editor } = typingEditor('x\n\nabc');
  type('d');
  editor.commands.setTextSelection(1);
  editor.commands.undo();
  expect(editor.state.selection.head).toBe(7);
  editor.commands.setTextSelection(2);
  const first = doc.getXmlFragment('note').get(0) as never as {
    get(i: number): { insert(i: number, t: string): void };
  };
  doc.transact(() => first.get(0).insert(0, 'y'), 'other');
  expect(editor.state.selection.head).toBe(3);
});
