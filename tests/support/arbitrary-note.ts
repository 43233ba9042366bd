import { fc } from './properties.ts';
import type { NoteJson, NoteMark, NoteNode } from '#core/note/json.ts';
import { normalNote } from '#core/note/normal.ts';
import { OUTCOME_KINDS, STATES } from '#core/outcomes/kinds.ts';

/**
 * Notes over the whole schema, in normal form: every node, mark and attribute, with text made to look like Markdown. Left out
 * is only what no text form can hold: NUL, and a carriage return or a lone surrogate half (see SPEC TX2).
 */
export const arbitraryNote = (): fc.Arbitrary<NoteJson> =>
  fc.array(block(3), { minLength: 1, maxLength: 5 }).map((content) => normalNote({ content }));

/** The same note without anchors: no text form has them. */
export function withoutAnchors(note: NoteJson): NoteJson {
  const strip = ({ attrs: { anchor: _, ...attrs } = {}, content, ...node }: NoteNode): NoteNode => ({
    ...node,
    attrs,
    ...(content && { content: content.map(strip) }),
  });
  return normalNote({ content: note.content.map(strip) });
}

/** The same note without the ids of outcomes: a copy is another outcome. */
export function withoutIds(note: NoteJson): NoteJson {
  const strip = ({ content, ...node }: NoteNode): NoteNode => ({
    ...node,
    ...(node.type === 'outcome' && { attrs: { ...node.attrs, id: '' } }),
    ...(content && { content: content.map(strip) }),
  });
  return normalNote({ content: note.content.map(strip) });
}

/** Any JSON where a note is expected: unknown names, wrong types, misplaced nodes. */
export const arbitraryHostileNote = (): fc.Arbitrary<unknown> =>
  fc
    .letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.record({ type: fc.constant('text'), text: text(), marks: fc.array(hostileMark(), { maxLength: 3 }) }),
        fc.jsonValue({ maxDepth: 1 }),
        fc.record(
          {
            type: fc.oneof(fc.constantFrom(...NODE_NAMES, ...STRANGE_NAMES), fc.jsonValue({ maxDepth: 1 })),
            attrs: hostileAttrs(),
            content: fc.oneof(fc.array(tie('node'), { maxLength: 4 }), fc.jsonValue({ maxDepth: 1 })),
            marks: fc.array(hostileMark(), { maxLength: 2 }),
          },
          { requiredKeys: ['type'] },
        ),
      ),
    }))
    .node.chain((first) => fc.constant({ type: 'doc', content: [first] }));

const NODE_NAMES = [
  ...['paragraph', 'heading', 'blockquote', 'bulletList', 'orderedList', 'listItem', 'codeBlock', 'horizontalRule'],
  ...['hardBreak', 'doc', 'text', 'table', 'tableRow', 'tableCell', 'details', 'detailsSummary', 'detailsContent'],
  ...['callout', 'image', 'outcome'],
];
const STRANGE_NAMES = ['decision', 'constructor', '__proto__', 'toString', 'a*b`c<d>\ne', ''];

/** Pieces that mean something in Markdown, in HTML or to the walk. */
const SNIPPETS = [
  ...[
    'a',
    'b c',
    'wörd',
    '日本',
    '👍🏽',
    '€',
    '...',
    ' ',
    '  ',
    '\t',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\n',
    '\u001b',
    '\u000b',
  ],
  ...[
    '*',
    '**',
    '_',
    '__',
    '~',
    '~~',
    '~~~',
    '`',
    '``',
    '```',
    '\\',
    '\\\\',
    '[',
    ']',
    '](',
    '(',
    ')',
    '![',
    '!',
    '<',
    '>',
    '&',
  ],
  ...[
    '# ',
    '#',
    '> ',
    '- ',
    '+ ',
    '* ',
    '1. ',
    '10) ',
    '1.',
    '---',
    '===',
    '- [ ] ',
    '[x]: y',
    '|',
    '"',
    "'",
    ':',
    '://',
  ],
  ...[
    '<details>',
    '</details>',
    '<summary>x</summary>',
    '[!NOTE]',
    '|---|',
    '--|:-:',
    '| a |',
    '![a](/files/0123456789abcdefghijklmnop-1x1.png)',
    '<u>',
    '</u>',
    '<br>',
    '<b>',
    '</code>',
    '<em',
    '<!-- x -->',
    '<a@b.org>',
    '<https://a.b>',
    '<mailto:a@b>',
    '&nbsp;',
    '&amp;',
  ],
  ...[
    '&#32;',
    '&#0;',
    'https://a.b/c_d',
    'a_b',
    '__init',
    'foo()',
    '((',
    '??',
    '\\"',
    '\\n',
    '    x',
    '- - -',
    '<mid-1@host>',
  ],
];

/** Lines that mean something when nothing stands beside them. */
const LINES = [
  '[!NOTE]',
  '| a |',
  'a | b',
  '|---|',
  '-|-',
  '<details>',
  '</details>',
  '<summary>x</summary>',
  '---',
  '>',
  ...['DECISION: a', 'ACTION @b: c', 'TODO d', '???', '??? e: f', 'Q: g (due h)', '[ ] i', '[x] AGREED - j', '- [ ] k'],
  ...[
    'ACTION: Ana + Bo -- l',
    'm -- by n',
    'o (posted: p) [PCI23-Q1]',
    'q <!-- outcome -->',
    'OPEN: r <!-- outcome -->',
  ],
];

const text = () =>
  fc.oneof(
    fc.constantFrom('word', 'two words', 'a'),
    fc.constantFrom(...LINES),
    fc.array(fc.constantFrom(...SNIPPETS), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).map((value) => value.replaceAll('\0', '.')),
  );

const HREFS = [
  'https://a.b/',
  'https://a.b',
  'http://a.b/c_(d)?e=f&g#h',
  'mailto:a@b.org',
  'https://a.b/x y',
  'https://a.b/<>"\'`*\\',
];

const mark = (): fc.Arbitrary<NoteMark> =>
  fc.oneof(
    fc.constantFrom<NoteMark>(
      { type: 'bold' },
      { type: 'italic' },
      { type: 'strike' },
      { type: 'underline' },
      { type: 'code' },
    ),
    fc.record({ href: fc.constantFrom(...HREFS), title: fc.option(text()) }).map((attrs) => ({ type: 'link', attrs })),
  );

const inline = (): fc.Arbitrary<NoteNode> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ type: fc.constant('text'), text: text(), marks: fc.array(mark(), { maxLength: 3 }) }),
    },
    { weight: 2, arbitrary: fc.constantFrom(...HREFS).map(autolinked) },
    { weight: 2, arbitrary: fc.constant<NoteNode>({ type: 'hardBreak' }) },
  );

const autolinked = (href: string): NoteNode => ({
  type: 'text',
  text: href,
  marks: [{ type: 'link', attrs: { href } }],
});

const inlines = () => fc.array(inline(), { maxLength: 6 });

function block(depth: number): fc.Arbitrary<NoteNode> {
  const leaves = [
    inlines().map((content): NoteNode => ({ type: 'paragraph', content })),
    fc
      .tuple(fc.integer({ min: 1, max: 6 }), inlines())
      .map(([level, content]) => ({ type: 'heading', attrs: { level }, content })),
    fc.tuple(language(), code()).map(([lang, content]) => ({ type: 'codeBlock', attrs: { language: lang }, content })),
    fc.constant<NoteNode>({ type: 'horizontalRule' }),
    table(),
    image(),
    outcome(),
  ].map(anchored);
  if (depth === 0) return fc.oneof(...leaves);
  const inside = fc.array(block(depth - 1), { minLength: 1, maxLength: 3 });
  const items = fc.array(
    inside.map((content): NoteNode => ({ type: 'listItem', content })),
    { minLength: 1, maxLength: 3 },
  );
  const start = fc.oneof(fc.constantFrom(0, 1, 2, 999_999_999), fc.integer({ min: 0, max: 999_999_999 }));
  return fc.oneof(
    ...leaves,
    ...[
      inside.map((content): NoteNode => ({ type: 'blockquote', content })),
      items.map((content): NoteNode => ({ type: 'bulletList', content })),
      fc.tuple(start, items).map(([number, content]) => ({ type: 'orderedList', attrs: { start: number }, content })),
      fc.tuple(inlines(), inside).map(([summary, content]) => details(summary, content)),
      fc.tuple(kind(), inside).map(([word, content]) => ({ type: 'callout', attrs: { kind: word }, content })),
    ].map(anchored),
  );
}

/** Some blocks have been linked to. */
const anchored = (blocks: fc.Arbitrary<NoteNode>): fc.Arbitrary<NoteNode> =>
  fc.tuple(blocks, fc.option(fc.stringMatching(/^[a-z0-9]{8}$/), { freq: 4 })).map(([node, anchor]) => ({
    ...node,
    attrs: { ...node.attrs, anchor },
  }));

/** Rows of any length, also of none. */
const table = (): fc.Arbitrary<NoteNode> => {
  const cell = inlines().map((content): NoteNode => ({ type: 'tableCell', content }));
  const row = fc.array(cell, { maxLength: 3 }).map((content): NoteNode => ({ type: 'tableRow', content }));
  return fc.array(row, { maxLength: 4 }).map((content) => ({ type: 'table', content }));
};

const details = (summary: NoteNode[], content: NoteNode[]): NoteNode => ({
  type: 'details',
  content: [
    { type: 'detailsSummary', content: summary },
    { type: 'detailsContent', content },
  ],
});

const kind = () => fc.constantFrom('note', 'tip', 'important', 'warning', 'caution');

const image = (): fc.Arbitrary<NoteNode> =>
  fc
    .record({
      file: fc.constantFrom(
        '0123456789abcdefghijklmnop-1x1.png',
        'zzzzzzzzzzzzzzzzzzzzzzzzzz-99999x640.jpg',
        '00000000000000000000000000-640x480.gif',
      ),
      alt: fc.oneof(fc.constant(''), text()),
    })
    .map((attrs) => ({ type: 'image', attrs }));

const outcome = (): fc.Arbitrary<NoteNode> =>
  fc.constantFrom(...OUTCOME_KINDS).chain((kind) =>
    fc
      .record({
        id: fc.stringMatching(/^[0-9a-z]{26}$/),
        short: fc.constantFrom('', 'PCI23-A7', 'EV25-D120'),
        state: fc.constantFrom(...STATES[kind]),
        owners: fc.array(word(), { maxLength: 2 }).map((names) => names.join('; ')),
        due: word(),
        more: word(),
        content: inlines(),
      })
      .map(({ content, ...facts }) => ({ type: 'outcome', attrs: { kind, ...facts }, content })),
  );

const word = () =>
  fc.oneof(
    fc.constantFrom('', '', 'Ana Bo', '2023-12-01', 'before v6.20 (maybe)', 'A and B, C', 'no owner', '-- by x'),
    text(),
  );

const language = () =>
  fc.oneof(
    fc.constantFrom(null, 'c', 'diff', 'c++', 'diff a/b.patch', '`', '~~x', '&amp;', '\\*'),
    text().map((value) => value.replace(/\p{Cc}/gu, '').trim() || null),
  );

const code = (): fc.Arbitrary<NoteNode[]> =>
  fc
    .array(fc.oneof(text(), fc.constantFrom('\n', '\n\n', '\t', '    ', '> ', '~~~~')), { maxLength: 6 })
    .map((parts) => {
      const content = parts.join('').replaceAll('\r', '.');
      return content === '' ? [] : [{ type: 'text', text: content }];
    });

const hostileAttrs = () =>
  fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.dictionary(
      fc.constantFrom(
        'level',
        'start',
        'language',
        'href',
        'title',
        '__proto__',
        'x',
        'kind',
        'file',
        'alt',
        'anchor',
        'align',
        'state',
        'owners',
        'due',
        'more',
        'short',
        'id',
      ),
      fc.jsonValue({ maxDepth: 2 }),
    ),
    fc.constantFrom(
      { href: 'javascript:alert(1)' },
      { href: ['https://a.b'] },
      { level: '1 onclick=x' },
      { start: '"><script>' },
      { anchor: '"><script>' },
      { anchor: ['abcdefgh'] },
      { anchor: 'abcdefgh', kind: 'constructor', align: 'x" onclick=x' },
      { kind: 'action', state: '"><script>', owners: { a: 1 }, due: ['x'], short: '"><script>', id: 7, more: null },
      { kind: '"><script>', file: '../../etc/passwd', alt: { toString: 1 } },
      { file: '0123456789abcdefghijklmnop-1x1.png" onerror=x', alt: '"><script>' },
      { file: '0123456789abcdefghijklmnop-1x1.png', alt: 7 },
      { file: ['0123456789abcdefghijklmnop-1x1.png'] },
    ),
  );

const hostileMark = () =>
  fc.oneof(
    mark(),
    fc.record({
      type: fc.oneof(fc.constantFrom('link', 'bold', 'code', ...STRANGE_NAMES), fc.jsonValue({ maxDepth: 1 })),
      attrs: hostileAttrs(),
    }),
  );
