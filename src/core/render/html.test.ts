import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { arbitraryHostileNote } from '../../../tests/support/arbitrary-note.ts';
import { parseMarkdown } from '../note/markdown.ts';
import { normalNote } from '../note/normal.ts';
import { renderHtml } from './html.ts';

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
  ].concat('div', 'span', '#text', '#document-fragment'),
);
const ATTRIBUTES: Record<string, RegExp> = {
  id: /^h-[\p{L}\p{N}-]+$/u,
  href: /^(https?|mailto):/i,
  rel: /^noopener noreferrer nofollow$/,
  title: /^/,
  start: /^\d+$/,
  'data-language': /^/,
  class: /^unknown(-name)?$/,
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
