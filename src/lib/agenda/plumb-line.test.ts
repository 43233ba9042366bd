import { expect, test } from 'vitest';
import type { AgendaItem, Phase } from '#core/event/agenda.ts';
import { agendaDays, phasesAt } from '#core/event/agenda.ts';
import type { Event, Session } from '#core/event/model.ts';
import { smallEvent } from '../../../tests/support/sample-event.ts';
import { minutesLeft, minutesUntil, plumbLine } from './plumb-line.ts';

const zone = 'America/New_York';

function talk(slug: string, start: string, minutes: number | null, room: string | null = null): Session {
  const session = smallEvent('day', 'open', [slug]).event.sessions[0];
  if (!session) throw new Error('The sample event has no session.');
  return { ...session, title: slug, start: `2023-11-15T${start}:00Z`, minutes, room };
}

function rowsAt(time: string, sessions: Session[], breaks: Event['breaks'] = []) {
  const event: Event = { ...smallEvent('day', 'open', []).event, sessions, breaks };
  const instant = `2023-11-15T${time}:00Z`;
  const items = agendaDays(event, zone)[0]?.items ?? [];
  return plumbLine(items, phasesAt(event, instant), instant).map(({ phase, behind, bob }) => [phase, behind, bob]);
}

const day = [talk('one', '15:00', 30), talk('two', '15:30', 60), talk('three', '17:00', 30)];

test('PG2: the bob hangs in the talk that runs, as far down as its time has gone', () => {
  expect(rowsAt('15:45', day)).toEqual([
    ['past', 1, false],
    ['now', 0.25, true],
    ['next', 0, false],
  ]);
});

test('PG2: between two talks the bob hangs at the end of the one before', () => {
  expect(rowsAt('16:40', day)).toEqual([
    ['past', 1, false],
    ['past', 1, true],
    ['next', 0, false],
  ]);
});

test('PG2: before the first talk and after the last there is no bob', () => {
  expect(rowsAt('14:00', day).filter(([, , bob]) => bob)).toEqual([]);
  expect(rowsAt('18:00', day)).toEqual(day.map(() => ['past', 1, false]));
});

test('PG2: with two rooms the line is dark down to one bob, in the last talk that runs', () => {
  const rooms = [talk('one', '15:00', 60, 'A'), talk('two', '15:00', 20, 'B'), talk('three', '15:20', 40, 'B')];
  expect(rowsAt('15:30', rooms)).toEqual([
    ['now', 1, false],
    ['past', 1, false],
    ['now', 0.25, true],
  ]);
});

test('PG2: a break can be what runs', () => {
  const pause = { title: 'Break', start: '2023-11-15T16:30:00Z', minutes: 30 };
  expect(rowsAt('16:45', day, [pause])[2]).toEqual(['now', 0.5, true]);
});

test('PG2: a talk of unknown length runs without telling how far it is', () => {
  expect(rowsAt('15:20', [talk('one', '15:00', null)])).toEqual([['now', 0, true]]);
});

test('PG2: minutes are whole and rounded up, so that the last one is not "0 min left"', () => {
  const item: AgendaItem = { kind: 'session', start: '2023-11-15T15:00:00Z', session: talk('one', '15:00', 30) };
  expect(minutesLeft(item, '2023-11-15T15:29:30Z')).toBe(1);
  expect(minutesUntil(item.start, '2023-11-15T14:40:01Z')).toBe(20);
});

test('PG2: a session that the phases do not know is still to come', () => {
  const item: AgendaItem = { kind: 'session', start: '2023-11-15T15:00:00Z', session: talk('one', '15:00', 30) };
  const nothing: ReadonlyMap<string, Phase> = new Map();
  expect(plumbLine([item], nothing, '2023-11-15T15:10:00Z')[0]?.phase).toBe('later');
});
