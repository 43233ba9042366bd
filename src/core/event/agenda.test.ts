import { fc } from '../../../tests/support/properties.ts';
import { describe, expect, test } from 'vitest';
import { agendaDays, inAgendaOrder, phasesAt, sessionAtTopic, topicTitles, unscheduled } from './agenda.ts';
import type { Event, Session, Topic } from './model.ts';
import { NO_SETTINGS } from './settings.ts';
import { gaps, leaves, pathTitle } from './topics.ts';

const topic = (id: string, title: string, children: Topic[] = [], gap: string | null = null): Topic => ({
  id,
  title,
  children,
  gap,
});
const topics = [
  topic('pci', 'PCI', [], 'list missing in source'),
  topic('iommu', 'IOMMU', [topic('iommu/dev', '/dev/iommufd development'), topic('iommu/a', 'A')]),
];
const session = (slug: string, part: Partial<Session> = {}): Session => ({
  ...{ id: slug, slug, noteId: `${slug}.1`, title: slug, topics: [], start: null, minutes: 30, room: null, people: [] },
  ...{ materials: [], url: null, gone: false, joinedTo: null },
  ...part,
});
const event = (sessions: Session[], breaks: Event['breaks'] = []): Event => ({
  ...{
    id: 'e',
    slug: 'e',
    prefix: 'E23',
    title: 'E',
    start: '2023-11-13',
    end: '2023-11-15',
    zone: 'America/New_York',
    conference: null,
  },
  ...{ venue: null, url: null, access: 'open', description: [], topics, people: [], sessions, breaks },
  settings: NO_SETTINGS,
});
const at = (time: string, day = 15) => `2023-11-${day}T${time}:00Z`;

describe('EV16: agenda order', () => {
  const inOrder = [
    session('early', { start: at('15:00'), room: 'B' }),
    session('room-a', { start: at('15:30'), room: 'A', title: 'Z' }),
    session('room-b', { start: at('15:30'), room: 'B', title: 'A' }),
    session('room-b-2', { start: at('15:30'), room: 'B', title: 'a 2' }),
    session('room-b-10', { start: at('15:30'), room: 'B', title: 'A 10' }),
    session('by-tree', { topics: ['iommu/dev'], title: 'Z' }),
    session('by-tree-2', { topics: ['iommu/a'], title: 'A' }),
    session('no-topic', { title: 'A' }),
    session('no-topic-2', { title: 'B', topics: ['unknown'] }),
  ];

  test('EV16: by start, room, title; then without a start by topic tree and title, however they came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), (shuffled) => {
        expect(inAgendaOrder(shuffled, topics).map((one) => one.slug)).toEqual(inOrder.map((one) => one.slug));
      }),
    );
  });

  test('EV16: days of the zone asked for, with the breaks at their times', () => {
    const late = event(
      [session('late', { start: at('04:30', 16) }), session('noon', { start: at('17:00') })],
      [{ title: 'Break', start: at('16:00'), minutes: 30 }],
    );
    const titles = (zone: string) =>
      agendaDays(late, zone).map((day) => [
        day.date,
        ...day.items.map((i) => (i.kind === 'break' ? i.pause.title : i.session.slug)),
      ]);
    expect(titles('America/New_York')).toEqual([['2023-11-15', 'Break', 'noon', 'late']]);
    expect(titles('UTC')).toEqual([
      ['2023-11-15', 'Break', 'noon'],
      ['2023-11-16', 'late'],
    ]);
  });

  test('EV10: a session that a talk took over is not listed; its topic leads to the talk', () => {
    const joined = event([
      session('leaf', { topics: ['iommu/dev'], joinedTo: 'talk' }),
      session('talk', { topics: ['iommu/dev'], start: at('15:00') }),
      session('other', { topics: ['iommu/a'] }),
    ]);
    expect(unscheduled(joined).map((one) => one.slug)).toEqual(['other']);
    expect(sessionAtTopic(joined, 'iommu/dev')?.slug).toBe('talk');
    expect(sessionAtTopic(joined, 'pci')).toBeNull();
  });
});

describe('PG2: where the day stands', () => {
  const day = event([
    session('first', { start: at('15:00') }),
    session('second', { start: at('15:30') }),
    session('beside', { start: at('15:30'), room: 'B', minutes: null }),
    session('third', { start: at('16:30') }),
    session('dropped', { start: at('16:15'), gone: true }),
    session('open'),
  ]);
  const phases = (instant: string) => Object.fromEntries(phasesAt(day, instant));

  test('PG2: before, during, between and after', () => {
    expect(phases(at('14:59'))).toMatchObject({ first: 'next', second: 'later', third: 'later', open: 'unscheduled' });
    expect(phases(at('15:00'))).toMatchObject({ first: 'now', second: 'next', beside: 'next', third: 'later' });
    expect(phases(at('15:30'))).toMatchObject({ first: 'past', second: 'now', beside: 'now', third: 'next' });
    expect(phases(at('16:10'))).toMatchObject({ second: 'past', beside: 'now', third: 'next' });
    expect(phases(at('05:01', 16))).toMatchObject({ beside: 'past', third: 'past', open: 'unscheduled' });
  });
});

describe('EV3: the topic tree', () => {
  test('EV3: paths, leaves and gaps', () => {
    expect(pathTitle(topics, 'iommu/dev')).toBe('IOMMU > /dev/iommufd development');
    expect(pathTitle(topics, 'nowhere')).toBeNull();
    expect(leaves(topics).map((one) => one.id)).toEqual(['iommu/dev', 'iommu/a']);
    expect(gaps(topics).map((one) => one.id)).toEqual(['pci']);
    expect(topicTitles({ topics }, { topics: ['iommu/a', 'unknown'] })).toEqual([['IOMMU', 'A']]);
  });
});
