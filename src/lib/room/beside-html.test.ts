import { describe, expect, test } from 'vitest';
import { parseMarkdown } from '#core/note/markdown.ts';
import { besideHtml } from './beside-html.ts';

const htmlOf = (markdown: string) => besideHtml(parseMarkdown(markdown));
/** The words of a page, with single spaces. */
const wordsOf = (html: string) =>
  html
    .replace(/<!--.*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('OU11: outcomes beside the note, without scripts', () => {
  test('by kind, with number, state, owners and due point, each a link to its place', () => {
    const html = htmlOf(
      '- [ ] ACTION @Ana Bo; @Rae Ito: post it (due 2023-12-01) [PCI23-A7]\n\nDECISION: one queue (posted: lore)\n\nQ: who?',
    );
    expect(html).toMatch(/<a class="what" href="#o-PCI23-A7"[^>]*>post it<\/a>/);
    expect(wordsOf(html)).toMatch(
      /^Outcomes Decisions 1 Decision new one queue Posted lore Actions 1 Action PCI23- A7 post it Open Ana Bo, Rae Ito due 1 Dec 2023 Questions 1 /,
    );
  });

  test('an action without owner and a question without answer say so, until they are done', () => {
    const words = wordsOf(htmlOf('TODO first\n\nAI: second (done)\n\nQ: who?\n\nQ: when? (answered)'));
    expect(words).toContain(
      'Actions 2 1 without owner Action new first Open No owner Action new second Done Questions',
    );
    expect(words).toContain(
      'Questions 2 1 without answer Question new who? Open No answer Question new when? Answered',
    );
  });

  test('what people wrote is text, and none at all says how one is made', () => {
    expect(htmlOf('DECISION: \\<img src=x onerror=alert(1)>')).not.toContain('<img');
    expect(wordsOf(htmlOf('no such thing'))).toMatch(/^Outcomes No outcomes Write DECISION: , /);
  });
});

test('KR4: what the note points at, each once, beside it', () => {
  const html = htmlOf(
    'See <20231102031828.GA951173@rocinante> and https://lore.kernel.org/r/20231102031828.GA951173@rocinante\n\nhttps://example.org/',
  );
  expect(html.match(/href="https:\/\//g)).toHaveLength(1);
  expect(html).toContain('GA951173@rocinante');
  expect(wordsOf(htmlOf('nothing'))).toMatch(/References None\./);
});
