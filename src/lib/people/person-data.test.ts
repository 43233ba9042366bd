import { describe, expect, test } from 'vitest';
import type { Event, Session } from '#core/event/model.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import { smallEvent } from '../../../tests/support/sample-event.ts';
import { personData, type PersonData } from './person-data.ts';

const event = smallEvent('mc', 'open', ['one', 'two']).event as Event;
const [one, two] = event.sessions as [Session, Session];
event.people = [
  { name: 'Mara Lindqvist', affiliation: 'Example', roles: ['organizer'] },
  { name: 'Jonas Weber', affiliation: null, roles: ['key attendee'] },
];
two.people = [{ name: 'Jonas Weber', affiliation: 'Tester' }];

const outcome = (text: string, facts: Partial<Outcome> = {}): Outcome => ({
  ...{ id: text, short: '', kind: 'action', state: 'open', owners: [], due: '', more: '', text, heading: null },
  ...facts,
});
const found = [
  {
    sessionId: two.id,
    outcomes: [
      outcome('of nobody'),
      outcome('later', { owners: ['Jonas Weber'], due: '2024-02-01' }),
      outcome('done', { owners: ['jw'], state: 'done' }),
      outcome('of another', { owners: ['Rae Ito'] }),
      outcome('asked of @Jonas Weber', { kind: 'question' }),
    ],
  },
  {
    sessionId: one.id,
    outcomes: [
      outcome('some day', { owners: ['Jonas'] }),
      outcome('soon', { owners: ['Mara Lindqvist', 'JW'], due: '2023-12-01', state: 'blocked' }),
      outcome('agreed with Jonas Weber.', { kind: 'decision' }),
    ],
  },
];

function of(slug: string): PersonData {
  const data = personData(event, found, slug);
  if (data === null || typeof data === 'string') throw new Error(`no page of ${slug}`);
  return data;
}
const texts = (rows: readonly { text: string }[]) => rows.map(({ text }) => text);

describe('OU12: what is on a person’s plate', () => {
  test('open actions, the one due soonest first, then those that ended, what names them and where they speak', () => {
    const jonas = of('jonas-weber');
    expect(texts(jonas.open)).toEqual(['soon', 'later', 'some day']);
    expect(texts(jonas.ended)).toEqual(['done']);
    expect(texts(jonas.decisions)).toEqual(['agreed with Jonas Weber.']);
    expect(texts(jonas.questions)).toEqual(['asked of @Jonas Weber']);
    expect(jonas.sessions.map(({ slug }) => slug)).toEqual(['two']);
    expect(jonas.person).toMatchObject({ name: 'Jonas Weber', affiliation: 'Tester', roles: ['key attendee'] });
    expect(jonas.open[0]?.others).toEqual(['Mara Lindqvist']);
    expect(jonas.open[0]?.session).toEqual({ slug: 'one', title: one.title });
  });

  test('who is named as an owner alone has a page too, initials lead to who is meant, and nobody has none', () => {
    expect(of('rae-ito')).toMatchObject({ listed: false, person: { name: 'Rae Ito' } });
    expect(texts(of('rae-ito').open)).toEqual(['of another']);
    expect(texts(of('mara-lindqvist').open)).toEqual(['soon']);
    expect(personData(event, found, 'jw')).toBe('jonas-weber');
    expect(personData(event, found, 'nobody-at-all')).toBeNull();
  });
});
