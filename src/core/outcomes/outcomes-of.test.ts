import { describe, expect, test } from 'vitest';
import type { NoteNode } from '../note/json.ts';
import { normalNote } from '../note/normal.ts';
import { outcomesOf, READING } from './outcomes-of.ts';
import { OUTCOMES_PER_NOTE } from './short-id.ts';

const ID = 'abcdefghijklmnopqrstuvwxyz';
const text = (words: string): NoteNode => ({ type: 'text', text: words });
const heading = (words: string): NoteNode => ({ type: 'heading', attrs: { level: 2 }, content: [text(words)] });
const outcome = (words: string, attrs: Record<string, unknown> = {}): NoteNode => ({
  type: 'outcome',
  attrs: { id: ID, short: 'PCI23-A7', kind: 'action', state: 'open', ...attrs },
  content: [text(words)],
});
const read = (...content: unknown[]) => outcomesOf(normalNote({ type: 'doc', content }));

describe('OU8: the outcomes of a note', () => {
  test('OU8: what an outcome says, and the heading it stands under', () => {
    const facts = { owners: 'Ana Bo; Kim', due: 'before v6.20 merge window', more: 'see the list' };
    expect(read(outcome('first', facts), heading('Discussion'), outcome('second'))).toEqual([
      {
        ...{ id: ID, short: 'PCI23-A7', kind: 'action', state: 'open', text: 'first', heading: null },
        ...{ owners: ['Ana Bo', 'Kim'], due: 'before v6.20 merge window', more: 'see the list' },
      },
      {
        ...{ id: ID, short: 'PCI23-A7', kind: 'action', state: 'open', text: 'second' },
        ...{ owners: [], due: '', more: '', heading: { text: 'Discussion', id: 'h-discussion' } },
      },
    ]);
  });

  test('OU8: the time of a line is no part of what it says', () => {
    expect(read(outcome('[12:16] first'), outcome('[12:16]'), outcome('[99:99] x')).map((one) => one.text)).toEqual([
      ...['first', '', '[99:99] x'],
    ]);
  });

  test('OU8: in reading order, also in lists, quotes and unknown blocks', () => {
    const item = { type: 'listItem', content: [outcome('two')] };
    const found = read(
      { type: 'blockquote', content: [outcome('one'), { type: 'bulletList', content: [item] }] },
      { type: 'paragraph', content: [text('no outcome')] },
      { type: 'mystery', content: [heading('Inside'), outcome('three')] },
      outcome('four'),
    );
    expect(found.map((one) => [one.text, one.heading?.text])).toEqual([
      ['one', undefined],
      ['two', undefined],
      ['three', 'Inside'],
      ['four', 'Inside'],
    ]);
  });

  test.each([7, null, ['a'], { a: 1 }, 'x'.repeat(100_000), 'a\u0000\n b', ';;'.repeat(50_000)])(
    'OU8: attributes of any type and length are read as short lines: %#',
    (value) => {
      const names = ['id', 'short', 'state', 'owners', 'due', 'more'];
      const attrs = Object.fromEntries(names.map((name) => [name, value]));
      const [found] = read(outcome('x'.repeat(100_000), attrs));
      expect([found?.id, found?.short]).toEqual(['', '']);
      expect(found?.owners.every((owner) => typeof owner === 'string')).toBe(true);
      expect(JSON.stringify(found).length).toBeLessThan(25_000);
      expect(JSON.stringify(found)).not.toMatch(/\\u0000|\\n/);
    },
  );

  test('OU8: what is read of a note changes only together with the number of the reading', () => {
    const facts = {
      owners: ' Ana  Bo; Kim;kim ;',
      due: '2023-12-01',
      more: 'see\u0007 the  list',
      state: 'unheard of',
    };
    const cell = { type: 'tableCell', content: [outcome('[12:16] in a cell', { short: 'pci23-a7', kind: 'gap' })] };
    const found = read(
      heading('A  heading'),
      outcome(' one\u0000 two ', facts),
      { type: 'table', content: [{ type: 'tableRow', content: [cell] }] },
      { ...outcome('a'), content: [text('bold'), { type: 'hardBreak' }, { ...text('x'), marks: [{ type: 'code' }] }] },
      outcome('', { id: 'short', kind: 7, owners: null }),
    );
    const heads = { heading: { text: 'A heading', id: 'h-a-heading' }, state: 'open', short: 'PCI23-A7' };
    const bare = { ...heads, id: ID, kind: 'action', owners: [], due: '', more: '' };
    // Differs? Then raise READING, and write down here what is read now.
    expect({ reading: READING, found }).toEqual({
      reading: 1,
      found: [
        { ...bare, text: 'one two', owners: ['Ana Bo', 'Kim', 'kim'], due: '2023-12-01', more: 'see the list' },
        { ...bare, text: 'in a cell', kind: 'gap' },
        { ...bare, text: 'bold x' },
        { ...bare, text: '', id: '', kind: 'gap' },
      ],
    });
  });

  test('OU6, OU8: of more than a note may have, the first are listed', () => {
    const found = read(...Array.from({ length: OUTCOMES_PER_NOTE + 5 }, (_, n) => outcome(`${n}`)));
    expect([found.length, found.at(-1)?.text]).toEqual([OUTCOMES_PER_NOTE, `${OUTCOMES_PER_NOTE - 1}`]);
  });
});
