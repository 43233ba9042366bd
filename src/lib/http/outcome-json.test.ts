import { expect, test } from 'vitest';
import type { Event, Session } from '#core/event/model.ts';
import { NO_SETTINGS } from '#core/event/settings.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import { filterAsked, outcomesJson } from './outcome-json.ts';

const sessions = ['b', 'a'].map((slug) => ({ id: `s-${slug}`, slug, people: [] as Session['people'] }));
const event = { sessions, people: [] as Event['people'], settings: NO_SETTINGS } as Event;
const outcome = (text: string): Outcome => ({
  ...{ id: text, short: '', kind: 'action', state: 'open', owners: [], due: '', more: '', text, heading: null },
});

test('OU8: outcomes as JSON are in programme order, with session and position', () => {
  const all = outcomesJson(event, [
    { sessionId: 's-a', outcomes: [outcome('1'), outcome('2')] },
    { sessionId: 's-b', outcomes: [outcome('3')] },
    { sessionId: 'elsewhere', outcomes: [outcome('4')] },
  ]);
  expect(all.map(({ text, session, position }) => [text, session, position])).toEqual([
    ['3', 'b', 0],
    ['1', 'a', 0],
    ['2', 'a', 1],
  ]);
});

test('OU8, PG3: a filter that is none is an input error with its name', () => {
  expect(() => filterAsked(new URLSearchParams('kind=wish'), event)).toThrow(
    expect.objectContaining({ kind: 'input', field: 'kind' }) as Error,
  );
});
