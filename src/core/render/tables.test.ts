import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { arbitraryHostileNote, arbitraryNote } from '../../../tests/support/arbitrary-note.ts';
import type { NoteJson, NoteNode } from '../note/json.ts';
import { parseMarkdown } from '../note/markdown.ts';
import { MAX_DEPTH, normalNote } from '../note/normal.ts';
import { noteSchema } from '../note/schema.ts';
import { htmlTable, renderHtml } from './html.ts';
import { noteFile } from './json.ts';
import { markdownTable, renderMarkdown } from './markdown.ts';
import { renderText, textTable } from './text.ts';

/** Milliseconds; generated cases take long on a busy machine. */
const SLOW = 60_000;

const TABLES = { markdown: markdownTable(), text: textTable(), html: htmlTable(new Map()) };
const RENDERERS: [string, (note: NoteJson) => string][] = [
  ['Markdown', renderMarkdown],
  ['text', renderText],
  ['HTML', renderHtml],
  ['JSON', (note) => JSON.stringify(noteFile(note))],
];

test.each(Object.entries(TABLES))(
  'TX4: the %s table has an entry for every node and mark of the schema, and none besides',
  (_, table) => {
    expect([...Object.keys(table.blocks), ...Object.keys(table.inlines)].sort()).toEqual(
      Object.keys(noteSchema.nodes).sort(),
    );
    expect(Object.keys(table.marks).sort()).toEqual(Object.keys(noteSchema.marks).sort());
  },
);

const word = (text: string, ...marks: string[]): NoteNode => ({
  type: 'text',
  text,
  marks: marks.map((type) => ({ type })),
});

const UNKNOWN = normalNote({
  content: [
    {
      type: 'decision',
      attrs: { state: 'agreed' },
      content: [{ type: 'paragraph', content: [word('inside the block')] }],
    },
    {
      type: 'paragraph',
      content: [{ type: 'mention', content: [word('inside the mention')] }, word('under the mark', 'comment')],
    },
    { type: 'bulletList', content: [{ type: 'decision', content: [word('bare text')] }] },
    { type: 'listItem', content: [{ type: 'paragraph', content: [word('item out of place')] }] },
    { type: 'paragraph', content: [{ type: 'heading', content: [word('heading in a paragraph')] }] },
    word('text at the top'),
    { type: 'constructor', content: [word('named like a method')] },
  ],
});

test('TX4: unknown nodes and marks are their text in a marked box: Markdown', () => {
  expect(renderMarkdown(UNKNOWN)).toContain('> [unknown block: decision]\n>\n> inside the block\n');
  expect(renderMarkdown(UNKNOWN)).toContain('[unknown mention: inside the mention][unknown comment: under the mark]');
});

test('TX4: unknown nodes and marks are their text in a marked box: text', () => {
  expect(renderText(UNKNOWN)).toContain('> [unknown block: decision]\n>\n> inside the block\n');
  expect(renderText(UNKNOWN)).toContain('[unknown mention: inside the mention][unknown comment: under the mark]');
});

test('TX4: unknown nodes and marks are their text in a marked box: HTML', () => {
  expect(renderHtml(UNKNOWN)).toContain(
    '<div class="unknown"><p class="unknown-name">Unknown block: decision</p><p>inside the block</p></div>',
  );
  expect(renderHtml(UNKNOWN)).toContain(
    '<span class="unknown"><span class="unknown-name">Unknown comment: </span>under the mark</span>',
  );
});

const tokens = ['inside the block', 'inside the mention', 'under the mark', 'bare text', 'item out of place'].concat(
  'heading in a paragraph',
  'text at the top',
  'named like a method',
);

test.each(RENDERERS)('TX4: %s drops no text of unknown or misplaced nodes', (_, render) => {
  for (const token of tokens) expect(render(UNKNOWN)).toContain(token);
});

/** Hostile notes whose texts are replaced by words that no form escapes. */
function withTokens(note: NoteJson): { note: NoteJson; words: string[] } {
  const words: string[] = [];
  const visit = (node: NoteNode): NoteNode => {
    if (node.type === 'text') words.push(`w${words.length}w`);
    return {
      ...node,
      ...(node.type === 'text' && { text: words.at(-1) ?? '' }),
      ...(node.content && { content: node.content.map(visit) }),
    };
  };
  return { note: { type: 'doc', content: note.content.map(visit) }, words };
}

test.each(RENDERERS)(
  'TX4: %s takes any JSON for a note and loses no text',
  (_, render) => {
    fc.assert(
      fc.property(arbitraryHostileNote(), (hostile) => {
        const { note, words } = withTokens(normalNote(hostile));
        const rendered = render(note);
        for (const each of words) expect(rendered).toContain(each);
      }),
      { numRuns: 300 },
    );
  },
  SLOW,
);

test(
  'TX4: hostile notes as Markdown are read again without an error and are stable from then on',
  () => {
    fc.assert(
      fc.property(arbitraryHostileNote(), (hostile) => {
        const once = renderMarkdown(parseMarkdown(renderMarkdown(normalNote(hostile))));
        expect(renderMarkdown(parseMarkdown(once))).toBe(once);
      }),
      { numRuns: 300 },
    );
  },
  SLOW,
);

test.each(RENDERERS)('TX5: no address outside the allow-list leaves in %s', (_, render) => {
  const hrefs = [
    'javascript:alert(1)',
    'JaVa\nScript:alert(1)',
    'data:text/html,x',
    '//a.b',
    ['https://a.b/'],
    { a: 1 },
    7,
    null,
  ];
  const content = hrefs.map((href) => ({
    type: 'text',
    text: 'kept',
    marks: [{ type: 'link', attrs: { href } }, { type: `m${String(href).length}` }],
  }));
  const rendered = render(normalNote({ content: [{ type: 'paragraph', content }] }));
  expect(rendered).not.toMatch(/alert|data:|a\.b|href/);
  expect(rendered.match(/kept/g)).toHaveLength(hrefs.length);
});

test.each(RENDERERS)('TX5: no image but one of ours leaves in %s, and its words stay', (_, render) => {
  const files = ['https://a.b/c.png', '//a.b', '../../secret', 'javascript:alert(1)', ['x/a.b'], { a: 'a.b' }, 7, null];
  const content = files.map((file) => ({ type: 'image', attrs: { file, alt: 'kept' } }));
  const rendered = render(normalNote({ content }));
  expect(rendered).not.toMatch(/alert|a\.b|secret|<img|!\[/);
  expect(rendered.match(/kept/g)).toHaveLength(files.length);
});

test.each(RENDERERS)(
  'TX1: %s of a table of ten thousand rows or a hundred thousand cells does not overflow the stack',
  (_, render) => {
    const many = (length: number, node: NoteNode) => Array.from({ length }, () => node);
    const row = (content: NoteNode[]): NoteNode => ({ type: 'tableRow', content });
    const cell: NoteNode = { type: 'tableCell', content: [{ type: 'text', text: 'x' }] };
    const [high, wide] = [many(10_000, row([cell])), row(many(100_000, cell))];
    for (const rows of [high, [wide, row([cell])], [row([cell]), wide]])
      expect(render(normalNote({ content: [{ type: 'table', content: rows }] })).length).toBeGreaterThan(10_000);
  },
  SLOW,
);

test.each(['table', 'tableRow', 'details', 'callout', 'detailsSummary'])(
  'TX4: a %s at the deepest level loses no text in any form',
  (type) => {
    for (let depth = MAX_DEPTH - 5; depth <= MAX_DEPTH; depth++) {
      let node: NoteNode = word('end');
      for (const inner of ['tableCell', 'tableRow', type]) node = { type: inner, content: [node] };
      for (let i = 1; i < depth; i++) node = { type: 'blockquote', content: [node] };
      const note = normalNote({ content: [node] });
      expect(normalNote(note)).toEqual(note);
      for (const [, render] of RENDERERS) expect(render(note)).toContain('end');
    }
  },
);

test('TX4: a note nested as deep as notes go is rendered in every form', () => {
  const deep = parseMarkdown(`${'> '.repeat(5000)}end`);
  for (const [, render] of RENDERERS) expect(render(deep)).toContain('end');
});

test.each(RENDERERS)(
  'TX1: %s of two hundred thousand items, marks and breaks does not overflow the stack',
  (_, render) => {
    const many = <T>(make: (i: number) => T) => Array.from({ length: 200_000 }, (_each, i) => make(i));
    const notes: NoteNode[] = [
      { type: 'bulletList', content: many(() => ({ type: 'listItem', content: [{ type: 'horizontalRule' }] })) },
      {
        type: 'paragraph',
        content: many((i) => ({ type: 'text', text: 'x', marks: [{ type: i % 2 ? 'bold' : 'italic' }] })),
      },
      { type: 'heading', content: many(() => ({ type: 'hardBreak' })) },
      { type: 'codeBlock', content: [{ type: 'text', text: '\n`'.repeat(200_000) }] },
    ];
    for (const node of notes) expect(render({ type: 'doc', content: [node] }).length).toBeGreaterThan(200_000);
  },
  SLOW,
);

test(
  'TX1: HTML of any note is well-formed: every element is closed in order',
  () => {
    fc.assert(
      fc.property(arbitraryNote(), (note) => {
        const open: string[] = [];
        for (const [, slash, name = ''] of renderHtml(note).matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
          if (slash) expect(open.pop()).toBe(name);
          else if (!['br', 'hr', 'img'].includes(name)) open.push(name);
        }
        expect(open).toEqual([]);
      }),
      { numRuns: 300 },
    );
  },
  SLOW,
);
