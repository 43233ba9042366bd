import { expect, test } from 'vitest';
import { parseMarkdown } from '../note/markdown.ts';
import { renderHtml } from '../render/html.ts';
import { renderMarkdown } from '../render/markdown.ts';
import { renderText } from '../render/text.ts';
import { noteReferences } from './note.ts';

const ID = '20231102031828.GA951173@rocinante';
const words = (markdown: string) => noteReferences(parseMarkdown(markdown)).map((each) => each.words);

test('KR3: what a note points at is listed once, with all that is known of it', () => {
  const note = parseMarkdown(
    `See <${ID}>, iommu_map() and\n[the thread](https://lore.kernel.org/r/${ID}).\n\n- https://lore.kernel.org/linux-pci/${ID}/\n- \`iommu_map()\`\n\nAcked-by: A B <a@b.org>`,
  );
  expect(noteReferences(note)).toEqual([
    {
      kind: 'message-id',
      key: `message:${ID}`,
      words: `<${ID}>`,
      href: `https://lore.kernel.org/all/${ID}/`,
      list: 'linux-pci',
      subject: null,
    },
    { kind: 'function', key: 'iommu_map()', words: 'iommu_map()', href: null, list: null, subject: null },
  ]);
});

test('KR2: code blocks hold none; inline code is one when it is nothing else', () => {
  expect(words('```\ncommit 54a4f0239f2e\n```')).toEqual([]);
  expect(words('`see CVE-2021-3490` and `CVE-2023-4567`, not commit `54a4f0239f2`')).toEqual(['CVE-2023-4567']);
  expect(words('commit `x` 54a4f0239f2e')).toEqual(['54a4f0239f2e']);
});

test('KR2: a reference goes over marks and line breaks', () => {
  expect(words('commit 54a4f0239f2e ("KVM:\n**MMU**")')).toEqual(['commit 54a4f0239f2e ("KVM: MMU")']);
  expect(words('| a |\n|---|\n| CVE-2021-3490 |\n\n> [!NOTE]\n> bug #217412')).toEqual([
    'CVE-2021-3490',
    'bug #217412',
  ]);
});

test('KR2: in HTML a reference is a link to its address, in Markdown and text what was written', () => {
  const written = `ask linux-pci@vger.kernel.org about ${ID}\n`;
  const note = parseMarkdown(written);
  expect(renderHtml(note)).toBe(
    '<p>ask <a class="note-ref" href="https://lore.kernel.org/linux-pci/" title="List · linux-pci" rel="noopener">linux-pci@vger.kernel.org</a> about ' +
      `<a class="note-ref" href="https://lore.kernel.org/all/${ID}/" title="Mail" rel="noopener">${ID}</a></p>`,
  );
  expect(renderMarkdown(note)).toBe(written);
  expect(renderText(note)).toBe(written);
});

test('KR2: in a link that somebody made it leads where they said', () => {
  expect(renderHtml(parseMarkdown('[CVE-2021-3490](https://a.b/)'))).toBe(
    '<p><a href="https://a.b/" rel="noopener noreferrer nofollow"><span class="note-ref" title="CVE">CVE-2021-3490</span></a></p>',
  );
});

test('KR2: only names of code and https addresses that are nothing else are no chips', () => {
  expect(renderHtml(parseMarkdown('iommu_map() http://a.b https://a.b Cc: x@y.z'))).toBe(
    '<p><span class="note-ref note-ref-name" title="Function">iommu_map()</span> http://a.b ' +
      '<a class="note-ref note-ref-url" href="https://a.b/" title="Link" rel="noopener">https://a.b</a> Cc: x@y.z</p>',
  );
});

test('KR2: a mark that somebody put into the note leads to https or nowhere', () => {
  const marks = [{ type: 'shown-reference', attrs: { href: 'javascript:alert(1)', look: '"><script>', title: 7 } }];
  const note = {
    type: 'doc' as const,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a', marks }] }],
  };
  expect(renderHtml(note)).toBe('<p><span class="note-ref" title="">a</span></p>');
});
