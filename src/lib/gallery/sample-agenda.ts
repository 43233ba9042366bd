import type { Event, Session } from '#core/event/model.ts';
import { NO_SETTINGS } from '#core/event/settings.ts';
import { CARET_COLOURS } from '#core/wire/colours.ts';
import type { Here } from '#core/wire/messages.ts';
import type { AgendaNow } from '#lib/agenda/agenda-now.ts';

function session(slug: string, title: string, start: string | null, more: Partial<Session> = {}): Session {
  return {
    id: slug,
    slug,
    noteId: `${slug}.1`,
    title,
    topics: [],
    start: start === null ? null : `2026-11-23T${start}:00Z`,
    minutes: 30,
    room: 'Salon A',
    people: [{ name: 'Mara Lindqvist', affiliation: 'Example' }],
    materials: [],
    url: null,
    gone: false,
    joinedTo: null,
    ...more,
  };
}

const material = (id: string, kind: Session['materials'][number]['kind']): Session['materials'][number] => ({
  id,
  kind,
  title: `Material ${id}`,
  url: 'https://example.org/',
  addedBy: 'Mara Lindqvist',
  addedAt: '2026-11-23T09:00:00Z',
});

const topic = (id: string, title: string, more: Partial<Event['topics'][number]> = {}): Event['topics'][number] => ({
  id,
  title,
  gap: null,
  children: [],
  ...more,
});

/** An event that shows every state a row can be in. */
export const SAMPLE: Event = {
  id: 'gallery',
  slug: 'gallery',
  prefix: 'PCI26',
  title: 'Gallery',
  start: '2026-11-23',
  end: '2026-11-23',
  zone: 'Europe/Berlin',
  conference: 'Systems Days 2026',
  venue: 'Hall 1',
  url: 'https://example.org/',
  access: 'open',
  settings: NO_SETTINGS,
  description: [
    { kind: 'text', text: 'What it is about.' },
    { kind: 'gap', text: 'list missing in source' },
  ],
  topics: [
    topic('pci', 'PCI', { gap: 'list missing in source' }),
    topic('iommu', 'IOMMU', {
      children: [topic('iommu/taken', 'A topic that a talk took over'), topic('iommu/free', 'A topic by itself')],
    }),
  ],
  people: [{ name: 'Jonas Weber', affiliation: null, roles: ['organizer'] }],
  breaks: [{ title: 'Coffee break', start: '2026-11-23T09:30:00Z', minutes: 30 }],
  sessions: [
    session('past', 'A talk that is over and lacks everything', '08:00'),
    session('past-full', 'A talk that is over and has it all', '08:30', {
      materials: [material('a', 'slides'), material('b', 'recording'), material('c', 'patches'), material('d', 'link')],
    }),
    session('gone', 'A talk that its source no longer has', '09:00', { gone: true }),
    session('now', 'The talk that runs', '10:00', { materials: [material('e', 'slides')], topics: ['iommu/taken'] }),
    session('next', 'The talk after it, in a room of its own', '10:30', { room: 'Salon B' }),
    session('later', 'A talk of unknown length, by nobody', '11:00', { minutes: null, people: [] }),
    session('taken', 'A topic that a talk took over', null, { topics: ['iommu/taken'], joinedTo: 'now' }),
    session('free', 'A topic by itself', null, { topics: ['iommu/free'], people: [], room: null }),
    session('waiting', 'A talk without a time', null),
  ],
};

const HERE: Here = {
  count: 6,
  people: CARET_COLOURS.slice(0, 6).map(({ colour }, index) => ({
    id: `person-${index}`,
    name: ['Mara Lindqvist', 'Tomas Okafor', 'Priya Raman', 'Jonas Weber', 'Aiko Tanabe', 'Solo'][index] ?? '',
    colour,
    writing: index < 3,
  })),
};

export const SAMPLE_NOW: AgendaNow = {
  now: '2026-11-23T10:18:00Z',
  notes: {
    ...Object.fromEntries(SAMPLE.sessions.map(({ id }) => [id, 'empty' as const])),
    'past-full': 'written',
    later: 'unread',
  },
  here: { now: HERE, next: { count: 1, people: HERE.people.slice(4, 5) } },
};
