import { fc } from '../../../tests/support/properties.ts';
import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { arbitraryHostileNote } from '../../../tests/support/arbitrary-note.ts';
import type { NoteJson } from '../note/json.ts';
import { parseMarkdown } from '../note/markdown.ts';
import { normalNote } from '../note/normal.ts';
import { renderHtml, renderWorkingHtml } from './html.ts';

const html = (markdown: string) => renderHtml(parseMarkdown(markdown));

const CASES: [string, string, string][] = [
  [
    'text is escaped',
    'a < b & "c" \'d\' </p><script>',
    '<p>a &lt; b &amp; &quot;c&quot; &#39;d&#39; &lt;/p&gt;&lt;script&gt;</p>',
  ],
  ['headings have the anchors of the outline', '## A b\n## A b', '<h2 id="h-a-b">A b</h2>\n<h2 id="h-a-b-2">A b</h2>'],
  ['marks', '**b** _i_ ~~s~~ <u>u</u> `c`', '<p><strong>b</strong> <em>i</em> <s>s</s> <u>u</u> <code>c</code></p>'],
  [
    'links',
    '[a](https://a.b/?c=d&e "f\\"g")',
    '<p><a href="https://a.b/?c=d&amp;e" title="f&quot;g" rel="noopener noreferrer nofollow">a</a></p>',
  ],
  ['lists', '3. a\n   - b', '<ol start="3"><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>'],
  [
    'code',
    '```c"><script>\n\n<b>\n```',
    '<pre>\n<code data-language="c&quot;&gt;&lt;script&gt;">\n&lt;b&gt;</code></pre>',
  ],
  [
    'an empty paragraph has nothing in it, a line break is one',
    'a\n\n<br>\n\n&nbsp;',
    '<p>a</p>\n<p><br></p>\n<p></p>',
  ],
  [
    'tables',
    '| a | b | |\n|---|---|---|\n| c |',
    '<table><tbody><tr><th scope="col">a</th><th scope="col">b</th><td></td></tr><tr><td>c</td></tr></tbody></table>',
  ],
  [
    'details',
    '<details>\n<summary>a</summary>\n\nb\n\n</details>',
    '<details><summary>a</summary><div><p>b</p></div></details>',
  ],
  [
    'callouts',
    '> [!WARNING]\n> a',
    '<aside data-callout="warning" role="note"><p class="callout-word">Warning</p><div><p>a</p></div></aside>',
  ],
  [
    'images',
    '![a "b"](/files/0123456789abcdefghijklmnop-640x480.png)',
    '<img src="/files/0123456789abcdefghijklmnop-640x480.png" width="640" height="480" alt="a &quot;b&quot;" loading="lazy">',
  ],
  ['control characters', 'a&#27;b', '<p>a\ufffdb</p>'],
];

test.each(CASES)('TX1: HTML: %s', (_, markdown, expected) => {
  expect(html(markdown)).toBe(expected);
});

interface Parsed {
  nodeName: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Parsed[];
}

const ELEMENTS = new Set(
  [
    'p',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'blockquote',
    'ul',
    'ol',
    'li',
    'pre',
    'code',
    'hr',
    'br',
    'strong',
    'em',
    's',
    'u',
    'a',
  ].concat(
    'div',
    'span',
    'table',
    'tbody',
    'tr',
    'th',
    'td',
    'details',
    'summary',
    'aside',
    'section',
    'img',
    '#text',
    '#document-fragment',
  ),
);
const ATTRIBUTES: Record<string, RegExp> = {
  id: /^(h-[\p{L}\p{N}-]+|b-[a-z0-9]{8}|o-[A-Z]+\d\d-[DAQG]\d+)$/u,
  href: /^(https?|mailto):/i,
  rel: /^noopener( noreferrer nofollow)?$/,
  title: /^/,
  start: /^\d+$/,
  'data-language': /^/,
  class:
    /^(unknown(-name)?|callout-word|note-ref( note-ref-(name|url))?|outcome-(head|text|facts|word|short|state|owners|due|more))$/,
  'data-outcome': /^(decision|action|question|gap)$/,
  'data-id': /^[0-9a-z]{26}$/,
  'data-short': /^[A-Z]+\d\d-[DAQG]\d+$/,
  'data-state': /^[a-z ]+$/,
  'data-owners': /^/,
  'data-due': /^/,
  'data-more': /^/,
  scope: /^col$/,
  role: /^note$/,
  'data-callout': /^(note|tip|important|warning|caution)$/,
  src: /^\/files\/[0-9a-z]{26}-\d{1,5}x\d{1,5}\.(png|jpg|webp|gif)$/,
  width: /^\d{1,5}$/,
  height: /^\d{1,5}$/,
  alt: /^/,
  loading: /^lazy$/,
};

test('TX5: a browser finds only known elements and attributes in the HTML of hostile notes', () => {
  fc.assert(
    fc.property(arbitraryHostileNote(), (hostile) => {
      const visit = (node: Parsed) => {
        expect(ELEMENTS).toContain(node.nodeName);
        for (const { name, value } of node.attrs ?? []) expect(value).toMatch(ATTRIBUTES[name] ?? /^\b$/);
        node.childNodes?.forEach(visit);
      };
      visit(parseFragment(renderHtml(normalNote(hostile))) as Parsed);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('TX5: attributes of any type are read as what they should be, or as nothing', () => {
  const note = normalNote({
    content: [
      { type: 'heading', attrs: { level: '1 onclick=x' }, content: [{ type: 'text', text: 'a' }] },
      { type: 'orderedList', attrs: { start: '"><script>' }, content: [{ type: 'listItem' }] },
      { type: 'codeBlock', attrs: { language: ['<script>'] } },
    ],
  });
  expect(renderHtml(note)).toBe('<h2 id="h-a">a</h2>\n<ol><li></li></ol>\n<pre><code></code></pre>');
});

test('TX5: a link outside the allow-list is its text alone', () => {
  const marks = [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }];
  const note = normalNote({ content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a', marks }] }] });
  expect(renderHtml(note)).toBe('<p>a</p>');
});

test('TX5: an image that is none of ours is its words alone', () => {
  const files = ['https://a.b/c.png', '../x', '0123456789abcdefghijklmnop-0x1.png', ['x'], null];
  const content = files.map((file) => ({ type: 'image', attrs: { file, alt: 'a' } }));
  expect(renderHtml(normalNote({ content }))).toBe(files.map(() => '<p>a</p>').join('\n'));
});

test('TO4: a block has the id of its anchor, and of two with the same one the first', () => {
  const block = (type: string, anchor: unknown) => ({ type, attrs: { anchor } });
  const content = [block('heading', 'a1b2c3d4'), block('paragraph', 'a0000000'), block('blockquote', 'a0000000')];
  expect(renderHtml(normalNote({ content: [...content, block('heading', 'A1'), block('paragraph', 7)] }))).toBe(
    '<h2 id="b-a1b2c3d4"></h2>\n<p id="b-a0000000"></p>\n<blockquote></blockquote>\n<h2 id="h-section-2"></h2>\n<p></p>',
  );
});

test('WR8: a page to write in shows times, speakers and people as the editor does, a page to read as plain text', () => {
  const words = '[12:16] Priya: as @Mara Lindqvist <said>';
  const note: NoteJson = {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
  };
  expect(renderWorkingHtml(note, ['Priya Raman', 'Mara Lindqvist'])).toBe(
    '<p><span class="line-stamp">[12:16]</span><span class="line-gap"> </span><span class="line-speaker">Priya:</span> as ' +
      '<span class="line-person">@Mara Lindqvist</span> &lt;said&gt;</p>',
  );
  expect(renderHtml(note)).toBe('<p>[12:16] Priya: as @Mara Lindqvist &lt;said&gt;</p>');
});

test('LK5: in a page to write in a long note stands in stretches, every block once and in its order', () => {
  const of = (blocks: number): NoteJson => ({
    type: 'doc',
    content: Array.from({ length: blocks }, (_, at) => ({
      type: 'paragraph',
      content: [{ type: 'text', text: String(at) }],
    })),
  });
  const long = renderWorkingHtml(of(220), []);
  expect(long.split('<div class="stretch">').map((part) => part.match(/<p>/g)?.length ?? 0)).toEqual([
    0, 50, 50, 50, 50, 20,
  ]);
  expect(long.replace(/<div class="stretch">|<\/div>/g, '')).toBe(renderHtml(of(220)));
  expect(renderWorkingHtml(of(199), [])).toBe(renderHtml(of(199)));
});
