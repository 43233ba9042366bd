import { describe, expect, test } from 'vitest';
import { withInitials } from '#core/outcomes/signed.ts';
import { addressWith, readAddress } from './board-address.ts';
import type { BoardSession } from './board-data.ts';
import { firstOf, headsBy, inGroups } from './board-groups.ts';
import { type BoardRow, boardRows, isSettled, placeOf } from './board-rows.ts';
import { lacking, summary } from './board-words.ts';
import { SteadyView } from './steady-view.ts';

const SESSIONS: BoardSession[] = [
  { slug: 'b', title: 'IOPF', topics: ['t'], paths: [['IOMMU', 'IOPF']] },
  { slug: 'a', title: 'P2P', topics: [], paths: [] },
];

const row = (key: string, facts: Partial<BoardRow> = {}): BoardRow => ({
  ...{ key, id: key, short: '', kind: 'action', state: 'open', owners: [], due: '', more: '', text: key },
  ...{ heading: null, session: 'a', position: 0 },
  ...facts,
});
const ROWS = [
  row('1', { session: 'b', owners: ['Bo', 'Ana'] }),
  row('2', { kind: 'decision', state: 'posted' }),
  row('3', { kind: 'question', owners: ['Bo'] }),
  row('4', { state: 'done' }),
];
const grouped = (by: Parameters<typeof headsBy>[0]) =>
  inGroups(ROWS, by, headsBy(by, SESSIONS)).map(({ title, rows }) => [title, ...rows.map(({ key }) => key)]);

describe('BO1: the rows of a board', () => {
  test.each([
    [
      'session',
      [
        ['IOPF', '1'],
        ['P2P', '2', '3', '4'],
      ],
    ],
    [
      'topic',
      [
        ['IOPF', '1'],
        ['No topic', '2', '3', '4'],
      ],
    ],
    [
      'person',
      [
        ['No owner', '4'],
        ['Ana', '1'],
        ['Bo', '1', '3'],
        ['Nobody named', '2'],
      ],
    ],
    [
      'kind',
      [
        ['Decisions', '2'],
        ['Actions', '1', '4'],
        ['Questions', '3'],
      ],
    ],
    [
      'state',
      [
        ['Posted', '2'],
        ['Open', '1', '3'],
        ['Done', '4'],
      ],
    ],
  ] as const)('BO1: by %s', (by, groups) => {
    expect(grouped(by)).toEqual(groups);
  });

  test('BO1 OU4: one person is one group, however the note writes the name', () => {
    const people = withInitials(['Ana Bo', 'Rae Ito'], [{ name: 'Ana Bo', initials: 'annie' }]);
    const rows = [['AB'], ['annie', 'Ana Bo'], ['ana'], ['Bo Free']].map((owners, i) => row(String(i), { owners }));
    const groups = inGroups(rows, 'person', headsBy('person', SESSIONS, people));
    expect(groups.map(({ title, rows: own }) => [title, ...own.map(({ key }) => key)])).toEqual([
      ['Ana Bo', '0', '1', '2'],
      ['Bo Free', '3'],
    ]);
  });

  test('BO1: a group says where it belongs, and what is missing', () => {
    const heads = (by: Parameters<typeof headsBy>[0], at: number) => headsBy(by, SESSIONS)(ROWS[at] ?? row(''));
    expect(heads('session', 0)).toEqual([{ id: 'b', title: 'IOPF', more: 'IOMMU' }]);
    expect(heads('person', 3)).toMatchObject([{ title: 'No owner', lack: true }]);
  });

  test('BO1: the first of a long board are drawn, in their groups', () => {
    const groups = inGroups(ROWS, 'session', headsBy('session', SESSIONS));
    const drawn = firstOf(groups, 2).map(({ id, rows }) => [id, rows.length]);
    expect(drawn).toEqual([
      ['b', 1],
      ['a', 1],
    ]);
    expect(firstOf(groups, 4)).toEqual(groups);
  });

  test('BO1: counts, and what is lacking', () => {
    expect(summary(ROWS, 3)).toBe('4 outcomes from 2 of 3 sessions.');
    expect(lacking(ROWS)).toEqual([
      { what: 'owner', words: '1 action without owner' },
      { what: 'answer', words: '1 question without answer' },
    ]);
    expect(lacking([])).toEqual([]);
  });

  test('BO1: every row has a key of its own, and its place in the note', () => {
    const id = '0'.repeat(26);
    const { key: _, session: __, position: ___, ...outcome } = row('x', { id, short: 'PCI23-A7' });
    const rows = boardRows(SESSIONS, new Map([['a', [outcome, outcome, { ...outcome, id: '', short: '' }]]]));
    expect(rows.map(({ key }) => key)).toEqual([id, 'a.1', 'a.2']);
    expect(rows.map(isSettled)).toEqual([true, false, false]);
    expect(rows.map((one) => placeOf('mc', one))).toEqual(['/mc/a#o-PCI23-A7', '/mc/a#o-PCI23-A7', '/mc/a']);
  });
});

describe('BO2: the address of a board', () => {
  const address = (query: string) => readAddress(new URLSearchParams(query));

  test('BO2: what forms send empty, and the names of their actions, narrow nothing', () => {
    const read = address('/change=&q=&kind=action&owner=%20&by=kind&open=x');
    expect([read.filter.toString(), read.by, read.open]).toEqual(['kind=action', 'kind', 'x']);
  });

  test('BO2: a grouping that is none is said, and rows are by session', () => {
    expect(address('by=mood')).toMatchObject({ by: 'session', wrongBy: 'mood' });
    expect(address('by=constructor')).toMatchObject({ by: 'session', wrongBy: 'constructor' });
  });

  test('BO2: one part changes, the others stay', () => {
    const read = address('kind=action&kind=gap&by=kind&q=fd');
    expect(addressWith(read, { kind: 'question' })).toBe('?q=fd&by=kind&kind=question');
    expect(addressWith(read, { q: '', by: 'session', kind: ['gap'] })).toBe('?kind=gap');
    expect(addressWith(read, { open: 'x' })).toBe('?kind=action&kind=gap&q=fd&by=kind&open=x');
  });
});

describe('BO3: rows while others work', () => {
  const view = new SteadyView();
  const heads = headsBy('state', SESSIONS);
  const isOpen = ({ state }: BoardRow) => state === 'open';
  const show = (question: string, rows: BoardRow[]) => {
    const shown = view.show(question, rows, isOpen, heads);
    return shown.rows.map((one) => [one.key, shown.headsOf(one)[0]?.title, shown.stale.has(one.key)]);
  };

  test('BO3: what no longer fits stays where it was until something else is asked', () => {
    expect(show('open', ROWS)).toEqual([
      ['1', 'Open', false],
      ['3', 'Open', false],
    ]);
    const changed = [row('0'), row('1', { state: 'done' }), ...ROWS.slice(1, 2)];
    expect(show('open', changed)).toEqual([
      ['0', 'Open', false],
      ['1', 'Open', true],
    ]);
    expect(show('again', changed)).toEqual([['0', 'Open', false]]);
  });
});
