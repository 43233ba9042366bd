import { expect, test } from 'vitest';
import type { NoteNode } from './json.ts';
import { parseMarkdown } from './markdown.ts';
import { plainText } from './outline.ts';

const t = (text: string, ...marks: (string | object)[]): NoteNode => ({
  type: 'text',
  text,
  ...(marks.length > 0 && { marks: marks.map((mark) => (typeof mark === 'string' ? { type: mark } : mark)) as never }),
});
const p = (...content: NoteNode[]): NoteNode =>
  content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' };
const h = (level: number, ...content: NoteNode[]): NoteNode => ({ type: 'heading', attrs: { level }, content });
const li = (...content: NoteNode[]): NoteNode => ({ type: 'listItem', content });
const outcome = (attrs: object, ...content: NoteNode[]): NoteNode => ({
  type: 'outcome',
  attrs: { due: '', id: '', more: '', owners: '', short: '', ...attrs },
  content,
});
const ul = (...content: NoteNode[]): NoteNode => ({ type: 'bulletList', content });
const ol = (start: number, ...content: NoteNode[]): NoteNode => ({ type: 'orderedList', attrs: { start }, content });
const quote = (...content: NoteNode[]): NoteNode => ({ type: 'blockquote', content });
const code = (text: string, language?: string): NoteNode => ({
  type: 'codeBlock',
  ...(language && { attrs: { language } }),
  ...(text && { content: [t(text)] }),
});
const table = (...rows: NoteNode[][][]): NoteNode => ({
  type: 'table',
  content: rows.map((cells) => ({
    type: 'tableRow',
    ...(cells.length > 0 && {
      content: cells.map((content) => ({ type: 'tableCell', ...(content.length > 0 && { content }) })),
    }),
  })),
});
const details = (summary: NoteNode[], ...content: NoteNode[]): NoteNode => ({
  type: 'details',
  content: [
    { type: 'detailsSummary', ...(summary.length > 0 && { content: summary }) },
    { type: 'detailsContent', content },
  ],
});
const callout = (kind: string, ...content: NoteNode[]): NoteNode => ({ type: 'callout', attrs: { kind }, content });
const FILE = '0123456789abcdefghijklmnop-640x480.png';
const image = (alt: string): NoteNode => ({ type: 'image', attrs: { file: FILE, alt } });
const br: NoteNode = { type: 'hardBreak' };
const hr: NoteNode = { type: 'horizontalRule' };
const to = (href: string, title?: string) => ({ type: 'link', attrs: { href, ...(title && { title }) } });

const CASES: [string, string, NoteNode[]][] = [
  ['nothing', '', [p()]],
  ['blank lines', '\n \n', [p()]],
  ['text', 'one\n\ntwo', [p(t('one')), p(t('two'))]],
  ['headings', '# a\n###### b\nc\n===', [h(1, t('a')), h(6, t('b')), h(1, t('c'))]],
  [
    'bold, italic, struck',
    '**a** _b_ *c* ~~d~~',
    [p(t('a', 'bold'), t(' '), t('b', 'italic'), t(' '), t('c', 'italic'), t(' '), t('d', 'strike'))],
  ],
  ['underline', '<u>a</u>b', [p(t('a', 'underline'), t('b'))]],
  [
    'marks as tags',
    '<strong>a</strong><em>b</em><s>c</s><code>\\*d</code>',
    [p(t('a', 'bold'), t('b', 'italic'), t('c', 'strike'), t('*d', 'code'))],
  ],
  ['tags across marks', '<u>a **b</u> c**', [p(t('a ', 'underline'), t('b', 'bold', 'underline'), t(' c', 'bold'))]],
  ['tags without a partner', '<u>a </s>b', [p(t('<u>a </s>b'))]],
  [
    'tags with attributes, other tags, comments',
    '<u class="x">a</u> <img src=x onerror=y> <!-- c -->',
    [p(t('<u class="x">a</u> <img src=x onerror=y> <!-- c -->'))],
  ],
  ['HTML blocks', '<script>\nalert(1)\n</script>', [p(t('<script>'), br, t('alert(1)'), br, t('</script>'))]],
  ['code', '`` a`b `` **`c`**', [p(t('a`b', 'code'), t(' '), t('c', 'bold', 'code'))]],
  ['line breaks', 'a\nb\\\nc  \nd<br>e', [p(t('a'), br, t('b'), br, t('c'), br, t('d'), br, t('e'))]],
  ['bullets', '- a\n- b\n\n* c', [ul(li(p(t('a'))), li(p(t('b')))), ul(li(p(t('c'))))]],
  [
    'nested lists',
    '- a\n  1. b\n     - c\n- d',
    [ul(li(p(t('a')), ol(1, li(p(t('b')), ul(li(p(t('c'))))))), li(p(t('d'))))],
  ],
  ['a numbered list that starts at 7', '7. a\n8. b', [ol(7, li(p(t('a'))), li(p(t('b'))))]],
  ['a numbered list that starts at 0', '0) a', [ol(0, li(p(t('a'))))]],
  ['an empty item and an empty quote', '- \n\n>', [ul(li(p())), quote(p())]],
  [
    'an item without text of its own',
    '- # a\n- > b\n- ```\n  c\n  ```',
    [ul(li(h(1, t('a'))), li(quote(p(t('b')))), li(code('c')))],
  ],
  [
    'task boxes are actions',
    '- a\n- [ ] ACTION @priya: x\n- [x] done\n  - b',
    [
      ul(li(p(t('a')))),
      outcome({ kind: 'action', state: 'open', owners: 'priya' }, t('x')),
      outcome({ kind: 'action', state: 'done' }, t('done')),
      ul(li(p(t('b')))),
    ],
  ],
  ['quotes', '> a\n> > b\n>\n> - c', [quote(p(t('a')), quote(p(t('b'))), ul(li(p(t('c')))))]],
  [
    'code blocks',
    '```c\n\tint x;\n\n```\n~~~ diff a/b.patch\n+x\n~~~\n\n    indented',
    [code('\tint x;\n', 'c'), code('+x', 'diff a/b.patch'), code('indented')],
  ],
  ['an empty code block', '```\n```', [code('')]],
  ['rules', '---\n***', [hr, hr]],
  ['an empty paragraph', 'a\n\n&nbsp;\n\nb', [p(t('a')), p(), p(t('b'))]],
  [
    'links',
    '[a **b**](https://a.b/c "d") [x](<https://a.b/c d>)',
    [
      p(
        t('a ', to('https://a.b/c', 'd')),
        t('b', to('https://a.b/c', 'd'), 'bold'),
        t(' '),
        t('x', to('https://a.b/c d')),
      ),
    ],
  ],
  [
    'autolinks',
    '<https://a.b/_c_> <mailto:a@b.c>',
    [p(t('https://a.b/_c_', to('https://a.b/_c_')), t(' '), t('mailto:a@b.c', to('mailto:a@b.c')))],
  ],
  [
    'a link without words is its address, also around a line break',
    '[](https://a.b/c) [\n](https://a.b/d)',
    [p(t('https://a.b/c', to('https://a.b/c')), t(' '), br, t('https://a.b/d', to('https://a.b/d')))],
  ],
  ['bare addresses are text', 'https://a.b/c_d', [p(t('https://a.b/c_d'))]],
  [
    'Message-IDs and mail addresses are text',
    '<20231108.nesting-v7@example.org> Aiko <aiko@example.org>',
    [p(t('<20231108.nesting-v7@example.org> Aiko <aiko@example.org>'))],
  ],
  [
    'links that are none stay as written',
    '[a](javascript:alert(1)) <javascript:x> [b](c/d)',
    [p(t('[a](javascript:alert(1)) <javascript:x> [b](c/d)'))],
  ],
  [
    'images are links',
    '![a](https://a.b/c.png) ![](https://a.b/d)',
    [p(t('a', to('https://a.b/c.png')), t(' '), t('https://a.b/d', to('https://a.b/d')))],
  ],
  ['footnotes and definitions are text', 'see [1]\n\n[1]: https://a.b/', [p(t('see [1]')), p(t('[1]: https://a.b/'))]],
  ['escapes', '\\*a\\* \\_ \\\\ \\a', [p(t('*a* _ \\ \\a'))]],
  ['a quoted subject keeps its backslashes', '("iommufd: \\"quoted\\"")', [p(t('("iommufd: \\"quoted\\"")'))]],
  ['entities', '&lt;b&gt; &amp;amp; &#42; &#x2A; &#27; &nope;', [p(t('<b> &amp; * * \u001b &nope;'))]],
  ['words with underscores', 'iommu_attach_device_pasid() __init', [p(t('iommu_attach_device_pasid() __init'))]],
  [
    'a table',
    '| a | **b** |\n|---|:-:|\n| c\\|d<br>e | `x\\|y` |',
    [table([[t('a')], [t('b', 'bold')]], [[t('c|d'), br, t('e')], [t('x|y', 'code')]])],
  ],
  ['a table without outer bars', 'a | b\n--|--\nc | d', [table([[t('a')], [t('b')]], [[t('c')], [t('d')]])]],
  [
    'rows of any length',
    '| a |\n|---|\n| b | c |\n|\n| d',
    [table([[t('a')], []], [[t('b')], [t('c')]], [], [[t('d')]])],
  ],
  ['a table right after text, and text after it', 'x\n| a |\n|---|\n\ny', [p(t('x')), table([[t('a')]]), p(t('y'))]],
  ['a table ends where a list begins', '|a|\n|-|\n|b|\n2. c', [table([[t('a')]], [[t('b')]]), ol(2, li(p(t('c'))))]],
  ['a table in a list', '- a\n\n  | b |\n  |---|', [ul(li(p(t('a')), table([[t('b')]])))]],
  [
    'what begins another block is no header',
    '- a | b\n-|-\n\n~~~ a | b\n-|-\n~~~',
    [ul(li(p(t('a | b'), br, t('-|-')))), code('-|-', 'a | b')],
  ],
  [
    'bars alone make no table',
    '| a |\n| b |\n\n| a | b |\n|---|',
    [p(t('| a |'), br, t('| b |')), p(t('| a | b |'), br, t('|---|'))],
  ],
  [
    'details',
    '<details>\n<summary>Log of **v7**</summary>\n\n```log\n[ 1.0]\n```\n\n- a\n\n</details>',
    [details([t('Log of '), t('v7', 'bold')], code('[ 1.0]', 'log'), ul(li(p(t('a')))))],
  ],
  [
    'details in fewer lines',
    '<details open><summary>a</summary>\nb\n</details>\nc',
    [details([t('a')], p(t('b'))), p(t('c'))],
  ],
  ['details without a summary, and empty', '<details>\n</details>', [details([], p())]],
  ['details in details', '<details>\n<details>\na\n</details>\n</details>', [details([], details([], p(t('a'))))]],
  ['an end within code is code', '<details>\n\n```\n</details>\n```\n\n</details>', [details([], code('</details>'))]],
  [
    'tags of details without a partner',
    '<details>\n\n- a\n  </details>\n\n<summary>b</summary>',
    [p(t('<details>')), ul(li(p(t('a')), p(t('</details>')))), p(t('<summary>b</summary>'))],
  ],
  [
    'callouts',
    '> [!WARNING]\n> a\n>\n> - b\n\n> [!tip]\n>\n> # c',
    [callout('warning', p(t('a')), ul(li(p(t('b'))))), callout('tip', h(1, t('c')))],
  ],
  ['an empty callout', '> [!NOTE]', [callout('note', p())]],
  [
    'quotes that are none',
    '> \\[!NOTE]\n> a\n\n> [!OTHER]\n\n> [!NOTE] b',
    [quote(p(t('[!NOTE]'), br, t('a'))), quote(p(t('[!OTHER]'))), quote(p(t('[!NOTE] b')))],
  ],
  [
    'our own images',
    `a\n![b \\[c\\]](/files/${FILE})\n\n- ![](/files/${FILE})`,
    [p(t('a')), image('b [c]'), ul(li(image('')))],
  ],
  [
    'images among text, with a bad name or of elsewhere',
    `a ![b](/files/${FILE})\n\n![c](/files/x.png)\n\n![d](https://a.b/files/${FILE})`,
    [p(t(`a ![b](/files/${FILE})`)), p(t('![c](/files/x.png)')), p(t('d', to(`https://a.b/files/${FILE}`)))],
  ],
  ['carriage returns', 'a\r\n\r\nb', [p(t('a')), p(t('b'))]],
];

test.each(CASES)('TX2: Markdown is read: %s', (_, markdown, content) => {
  expect(parseMarkdown(markdown).content).toEqual(content);
});

test.each([
  ['quotes', '> '.repeat(20_000) + 'end'],
  ['lists', '- '.repeat(5_000) + 'end'],
  ['brackets', '['.repeat(20_000) + 'end'],
  ['links', '[a]('.repeat(5_000) + 'end'],
  ['stars', '*a **b '.repeat(5_000) + 'end'],
  ['tags', '<u>'.repeat(20_000) + 'end'],
  ['details', '<details>\n'.repeat(5_000) + 'end\n' + '</details>\n'.repeat(5_000)],
  ['details in quotes', Array.from({ length: 100 }, (_, i) => `${'> '.repeat(i)}<details>`).join('\n') + 'end'],
  ['bars', '|a'.repeat(20_000) + '\n' + '|-'.repeat(20_000) + '\n|end'],
])('TX2: deep Markdown of %s neither overflows the stack nor loses text', (_, markdown) => {
  expect(plainText(parseMarkdown(markdown) as NoteNode)).toContain('end');
});

test('WR1: an image with the whole address of this server is one of ours', () => {
  const source = `![a](https://notes.example/files/${FILE})`;
  expect(parseMarkdown(source, 'https://notes.example').content).toEqual([image('a')]);
  expect(parseMarkdown(source, 'https://notes.example.org').content[0]?.type).toBe('paragraph');
});
