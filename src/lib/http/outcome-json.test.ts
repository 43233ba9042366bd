import { describe, expect, test } from 'vitest';
import type { Event } from '#core/event/model.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import { outcomeFilter, outcomesJson } from './outcome-json.ts';

const event = { sessions: ['b', 'a'].map((slug) => ({ id: `s-${slug}`, slug })) } as Event;
const outcome = (text: string, facts: Partial<Outcome> = {}): Outcome => ({
  ...{ id: text, short: '', kind: 'action', state: 'open', owners: [], due: '', more: '', text, heading: null },
  ...facts,
});
const all = outcomesJson(event, [
  { sessionId: 's-a', outcomes: [outcome('1', { owners: ['Jörg Rödel'] }), outcome('2', { kind: 'decision' })] },
  { sessionId: 's-b', outcomes: [outcome('3', { state: 'moved to list', owners: ['Ana', 'Bo'] })] },
  { sessionId: 'elsewhere', outcomes: [outcome('4')] },
]);
const texts = (query: string) => all.filter(outcomeFilter(new URLSearchParams(query), event)).map((one) => one.text);

describe('OU8: outcomes as JSON', () => {
  test('OU8: in programme order, with session and position', () => {
    expect(all.map(({ text, session, position }) => [text, session, position])).toEqual([
      ['3', 'b', 0],
      ['1', 'a', 0],
      ['2', 'a', 1],
    ]);
  });

  test.each([
    ['', ['3', '1', '2']],
    ['kind=action', ['3', '1']],
    ['kind=action&kind=decision', ['3', '1', '2']],
    ['kind=action&session=a', ['1']],
    ['state=moved to list', ['3']],
    ['owner=jorg rodel', ['1']],
    ['owner=bo', ['3']],
    ['owner=nobody', []],
  ])('OU8: filtered by "%s"', (query, found) => {
    expect(texts(query)).toEqual(found);
  });

  test.each([
    ['kind=Action', 'kind'],
    ['session=c', 'session'],
    ['state=', 'state'],
    ['state=Open', 'state'],
    ['owner= ', 'owner'],
    ['color=red', 'color'],
    ['constructor=1', 'constructor'],
  ])('OU8, PG3: "%s" is refused by name', (query, field) => {
    expect(() => texts(query)).toThrow(expect.objectContaining({ kind: 'input', field }) as Error);
  });
});
