import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addOutcome, outcomeId, outcomes } from '../../../tests/support/outcomes.ts';
import { changeFact, type FactChange } from './change-fact.ts';

const PEOPLE = ['Ana Bo', 'Jörg Rödel'];

function noteWith(attrs: Record<string, string> = {}): Y.Doc {
  const doc = new Y.Doc();
  addOutcome(doc, { id: outcomeId(1), kind: 'decision' });
  addOutcome(doc, { id: outcomeId(2) });
  for (const [name, value] of Object.entries(attrs)) outcomes(doc)[1]?.setAttribute(name, value);
  return doc;
}

const change = (doc: Y.Doc, part: Partial<FactChange>) =>
  changeFact(doc, { id: outcomeId(2), fact: 'state', was: 'open', value: 'done', ...part }, PEOPLE);
const said = (doc: Y.Doc, name: string): unknown => outcomes(doc)[1]?.getAttribute(name);

describe('BO4: a change of one fact of an outcome', () => {
  test('BO4: sets one attribute and no other', () => {
    const doc = noteWith({ due: 'soon' });
    const before = Y.encodeStateVector(doc);
    expect(change(doc, {})).toEqual({ kind: 'changed' });
    expect([said(doc, 'state'), said(doc, 'due'), outcomes(doc)[0]?.getAttribute('state')]).toEqual([
      'done',
      'soon',
      undefined,
    ]);
    const { structs } = Y.decodeUpdate(Y.encodeStateAsUpdate(doc, before));
    expect(structs.filter(({ id }) => id.client === doc.clientID)).toHaveLength(1);
  });

  test('BO4: what somebody else changed since it was seen is told, not overwritten', () => {
    const doc = noteWith({ state: 'blocked' });
    expect(change(doc, {})).toEqual({ kind: 'other', now: 'blocked' });
    expect(said(doc, 'state')).toBe('blocked');
    expect(change(doc, { was: 'blocked' })).toEqual({ kind: 'changed' });
  });

  test('BO4: what it is already needs no change', () => {
    const doc = noteWith({ state: 'done' });
    const before = Y.encodeStateVector(doc);
    expect(change(doc, {})).toEqual({ kind: 'changed' });
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  test.each([
    ['ana', 'Ana Bo'],
    ['@jr and Somebody Else', 'Jörg Rödel; Somebody Else'],
    [' ', ''],
  ])('BO4: owners "%s" are written as "%s"', (value, written) => {
    const doc = noteWith({ owners: 'Nobody Known' });
    expect(change(doc, { fact: 'owners', was: 'Nobody Known', value })).toEqual({ kind: 'changed' });
    expect(said(doc, 'owners')).toBe(written);
  });

  test.each([
    ['(by noon)', 'by noon'],
    [' ( 2024-02-29 ) ', '2024-02-29'],
    ['(a) or (b)', '(a) or (b)'],
    ['2023-13', '2023-13'],
  ])('BO4: due point "%s" is written as "%s"', (value, written) => {
    const doc = noteWith();
    expect(change(doc, { fact: 'due', was: '', value })).toEqual({ kind: 'changed' });
    expect(said(doc, 'due')).toBe(written);
  });

  test('BO4: a due point that is written as a day and is none is refused by name', () => {
    const doc = noteWith();
    const message = 'Due: “2023-13-45” is no day of the calendar.';
    expect(change(doc, { fact: 'due', was: '', value: '(2023-13-45)' })).toEqual({ kind: 'refused', message });
    expect(said(doc, 'due')).toBeUndefined();
  });

  test.each<[Partial<FactChange>]>([
    [{ value: 'posted' }],
    [{ value: '' }],
    [{ fact: 'due', was: '', value: 'x'.repeat(1001) }],
  ])('BO4: refuses %j', (part) => {
    const doc = noteWith();
    expect(change(doc, part)).toEqual({ kind: 'refused', message: expect.any(String) as string });
    expect([said(doc, 'state'), said(doc, 'due')]).toEqual([undefined, undefined]);
  });

  test('BO4: a due point that is longer than what is shown is left alone', () => {
    const doc = noteWith({ due: 'y'.repeat(2000) });
    expect(change(doc, { fact: 'due', was: 'y'.repeat(1000), value: 'soon' })).toMatchObject({ kind: 'refused' });
  });

  test('BO4: one line is kept of what is written', () => {
    const doc = noteWith();
    change(doc, { fact: 'more', was: '', value: ' no\n time\u0000 ' });
    expect(said(doc, 'more')).toBe('no time');
  });

  test('BO4: an outcome that is not there is gone', () => {
    expect(change(noteWith(), { id: outcomeId(9) })).toEqual({ kind: 'gone' });
  });
});
