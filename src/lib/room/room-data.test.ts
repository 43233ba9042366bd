import { describe, expect, test } from 'vitest';
import type { Session } from '#core/event/model.ts';
import { templateNote } from '#core/note/template.ts';
import { smallEvent } from '../../../tests/support/sample-event.ts';
import { roomData } from './room-data.ts';
import { roomDescription } from './room-words.ts';

const NOBODY = { count: 0, people: [] };
const reading = { note: templateNote(), empty: true };

function room(change: (sessions: Session[]) => void, which = 0, name: string | null = null) {
  const { event: record } = smallEvent('mc', 'open', ['topic', 'talk']);
  const event = structuredClone(record) as Parameters<typeof roomData>[0]['event'];
  change(event.sessions);
  const session = event.sessions[which];
  if (!session) throw new Error('The sample has no such session.');
  return {
    event,
    data: roomData({
      event,
      session,
      reading,
      actor: { id: 'device', name },
      mayWrite: true,
      here: NOBODY,
      page: false,
    }),
  };
}

describe('roomData', () => {
  test('EV10: a session whose place was taken leads to the talk, and the talk back to it', () => {
    const joined = (sessions: Session[]) => {
      const [topic, talk] = sessions;
      if (topic && talk) topic.joinedTo = talk.id;
    };
    expect(room(joined, 0).data).toMatchObject({ movedTo: { slug: 'talk' }, earlier: [] });
    expect(room(joined, 1).data).toMatchObject({ movedTo: null, earlier: [{ slug: 'topic' }] });
  });

  test('ID1 ID3: the page knows its reader’s name and the names that make a guest', () => {
    expect(room(() => undefined).data.me).toEqual({ id: 'device', name: null, mayWrite: true });
    const { data, event } = room(() => undefined, 0, 'Mara Lindqvist');
    expect(data.me).toEqual({ id: 'device', name: 'Mara Lindqvist', mayWrite: true });
    expect(data.listed.map(({ name }) => name)).toEqual(event.people.map(({ name }) => name));
  });

  test('ED1 ED5: the note is there as HTML, its outline leads to the same anchors', () => {
    const { note } = room(() => undefined).data;
    expect(note.outline.map(({ id }) => id)).toEqual(['h-discussion']);
    expect(note.html).toContain('id="h-discussion"');
  });
});

test('WR7: # leads to this session first, then to those of its branch, then to the others by agenda', () => {
  const leaf = (id: string) => ({ id, title: id, gap: null, children: [] });
  const { event } = room(([topic, talk]) => {
    if (topic) Object.assign(topic, { title: 'Here', topics: ['iopf'], start: null });
    if (talk) Object.assign(talk, { title: 'First of the day', topics: ['pci'], start: '2023-11-15T15:00:00Z' });
  });
  const [here, talk] = event.sessions;
  if (!here || !talk) throw new Error('The sample has no such session.');
  event.topics = [
    { ...leaf('PCI'), children: [leaf('pci')] },
    { ...leaf('VFIO'), children: [leaf('iopf'), leaf('sva')] },
  ];
  event.sessions.push({ ...here, id: 'near', slug: 'near', title: 'Near', topics: ['sva'] });
  const made = roomData({
    ...{ event, session: here, reading, mayWrite: true, here: NOBODY, page: false },
    actor: { id: 'device', name: null },
  });
  expect(made.places.map(({ words }) => words)).toEqual([
    'Here',
    'Near',
    'First of the day',
    ...['pci', 'iopf', 'sva'],
  ]);
});

test('PG1: the description for link previews says who and when, in the zone of the event', () => {
  const { data } = room(([first]) => {
    if (!first) return;
    first.start = '2023-11-15T15:00:00Z';
    first.minutes = 30;
    first.people = [{ name: 'Mara Lindqvist', affiliation: 'Example' }];
  });
  data.event = { slug: 'mc', title: 'PCI MC', zone: 'America/New_York' };
  expect(roomDescription(data)).toBe(
    'Notes of PCI MC. Mara Lindqvist, Wednesday 15 November 2023, 10:00 to 10:30 EST.',
  );
  data.session = { ...data.session, start: null, people: [] };
  expect(roomDescription(data)).toBe('Notes of PCI MC. Not scheduled, 30 min.');
});
