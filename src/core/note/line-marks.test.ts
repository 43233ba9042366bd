import { describe, expect, test } from 'vitest';
import { knownNames, lineMarks, withLineMarks } from './line-marks.ts';

const names = knownNames(['Priya Raman', 'Ana', 'Ana Maria Prado', 'Łukasz Wilczyński']);
const shown = (text: string) => lineMarks(text, names).map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);

describe('WR8: what a line shows of itself', () => {
  test.each([
    ['[12:16] Priya Raman: as @Ana said', ['stamp [12:16]', 'gap  ', 'speaker Priya Raman:', 'person @Ana']],
    ['[12:16]', ['stamp [12:16]']],
    ['[12:16]\u00a0Ana:\u00a0x', ['stamp [12:16]', 'gap \u00a0', 'speaker Ana:']],
    ['Priya:', ['speaker Priya:']],
    ['Łukasz Wilczyński: yes', ['speaker Łukasz Wilczyński:']],
    ['@Ana Maria Prado, @Ana.', ['person @Ana Maria Prado', 'person @Ana']],
    ['[24:00] [12:60] no', []],
    ['at [12:16]', []],
    ['[12:16]x', []],
    ['Nobody: said', []],
    ['Priya:x', []],
    ['so Priya: said', []],
    ['x@Ana @Anabel', []],
    ['constructor: x', []],
  ])('%s', (text, marks) => {
    expect(shown(text)).toEqual(marks);
  });

  test('for a page the same pieces are marks of the text; code, other blocks and all words stay', () => {
    const bold = [{ type: 'bold' }];
    const paragraph = {
      type: 'paragraph',
      content: [
        { type: 'text', text: '[12:16] Pri' },
        { type: 'text', text: 'ya: yes, ', marks: bold },
        { type: 'hardBreak' },
        { type: 'text', text: '@Ana', marks: [{ type: 'code' }] },
      ],
    };
    const code = { type: 'codeBlock', content: [{ type: 'text', text: '[12:16] x' }] };
    const marked = withLineMarks({ type: 'doc', content: [{ type: 'blockquote', content: [paragraph] }, code] }, [
      'Priya',
      'Ana',
    ]);
    expect(marked.content).toEqual([
      {
        type: 'blockquote',
        content: [
          {
            type: 'paragraph',
            content: [
              { type: 'text', text: '[12:16]', marks: [{ type: 'stamp' }] },
              { type: 'text', text: ' ', marks: [{ type: 'gap' }] },
              { type: 'text', text: 'Pri', marks: [{ type: 'speaker' }] },
              { type: 'text', text: 'ya:', marks: [...bold, { type: 'speaker' }] },
              { type: 'text', text: ' yes, ', marks: bold },
              { type: 'hardBreak' },
              { type: 'text', text: '@Ana', marks: [{ type: 'code' }] },
            ],
          },
        ],
      },
      code,
    ]);
  });
});
