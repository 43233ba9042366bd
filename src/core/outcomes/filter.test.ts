import { describe, expect, test } from 'vitest';
import type { Event } from '../event/model.ts';
import { outcomeFilter, type PlacedOutcome } from './filter.ts';
import { withInitials } from './signed.ts';

const topic = (id: string, ...children: object[]) => ({ id, title: id, gap: null, children });
const event = {
  topics: [topic('iommu', topic('iommu/fd')), topic('pci')],
  sessions: [
    { slug: 'a', topics: ['iommu/fd'] },
    { slug: 'b', topics: ['pci'] },
  ],
} as Pick<Event, 'sessions' | 'topics'>;
const outcome = (text: string, facts: Partial<PlacedOutcome> = {}): PlacedOutcome => ({
  ...{ id: text, short: '', kind: 'action', state: 'open', owners: [], due: '', more: '', text, heading: null },
  ...{ session: 'a', position: 0 },
  ...facts,
});
const all = [
  outcome('Post v3', { session: 'b', state: 'moved to list', owners: ['Ana', 'Bo'], short: 'PCI23-A3' }),
  outcome('Rebase on v6.7', { owners: ['Jörg Rödel'], due: 'before the merge window' }),
  outcome('Write it down'),
  outcome('Own fd', { kind: 'decision', state: 'posted' }),
  outcome('Who owns PASIDs?', { kind: 'question' }),
  outcome('Which lock?', { kind: 'question', state: 'answered' }),
];
const texts = (query: string) => all.filter(outcomeFilter(new URLSearchParams(query), event).wants);

test('BO2 OU4: a person is found however notes and address write the name', () => {
  const people = withInitials(['Ana Bo', 'Jörg Rödel'], [{ name: 'Ana Bo', initials: 'annie' }]);
  const mine = [
    outcome('1', { owners: ['annie'] }),
    outcome('2', { owners: ['Rae', 'AB'] }),
    outcome('3', { owners: ['JR'] }),
  ];
  for (const asked of ['Ana Bo', 'ab', 'Annie', 'ana bo']) {
    const { wants } = outcomeFilter(new URLSearchParams({ owner: asked }), event, people);
    expect(mine.filter(wants).map(({ text }) => text)).toEqual(['1', '2']);
  }
});

describe('OU8, BO2: outcomes filtered by', () => {
  test.each([
    ['', [0, 1, 2, 3, 4, 5]],
    ['kind=action', [0, 1, 2]],
    ['kind=action&kind=decision', [0, 1, 2, 3]],
    ['kind=action&session=a', [1, 2]],
    ['state=moved to list', [0]],
    ['owner=jorg rodel', [1]],
    ['owner=bo', [0]],
    ['owner=nobody', []],
    ['topic=pci', [0]],
    ['topic=iommu', [1, 2, 3, 4, 5]],
    ['lack=owner', [2]],
    ['lack=answer', [4]],
    ['lack=answer&lack=owner', [2, 4]],
    ['q=OWN', [2, 3, 4]],
    ['q=rodel v6', [1]],
    ['q=pci23-a3', [0]],
    ['q=merge+window&kind=question', []],
  ])('OU8, BO2: "%s"', (query, found) => {
    expect(texts(query)).toEqual(found.map((at) => all[at]));
  });

  test.each([
    ['kind=Action', 'kind'],
    ['session=c', 'session'],
    ['topic=c', 'topic'],
    ['state=', 'state'],
    ['state=Open', 'state'],
    ['owner= ', 'owner'],
    ['q= ', 'q'],
    ['lack=nerve', 'lack'],
    ['color=red', 'color'],
    ['constructor=1', 'constructor'],
  ])('OU8, BO2: "%s" is refused by name, and narrows nothing', (query, field) => {
    expect(outcomeFilter(new URLSearchParams(query), event).refused).toEqual([
      { field, message: expect.any(String) as string },
    ]);
    expect(texts(query)).toEqual(all);
  });
});
