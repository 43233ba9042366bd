import { describe, expect, test } from 'vitest';
import type { Material } from '#core/event/model.ts';
import { smallEvent } from '../../../tests/support/sample-event.ts';
import { hereText, named, onlyRoom, peopleText, previewText, whenText, zoneCity } from './agenda-words.ts';

const material = (id: string, kind: Material['kind']): Material => ({
  id,
  kind,
  title: id,
  url: `https://example.org/${id}`,
  addedBy: 'Mara',
  addedAt: '2023-11-15T00:00:00Z',
});

describe('PG2: the words of the agenda', () => {
  test('an affiliation stands where the source gives one', () => {
    const people = [
      { name: 'Pasha Tatashin', affiliation: null },
      { name: 'Yu Zhao', affiliation: 'Google' },
    ];
    expect(peopleText(people)).toBe('Pasha Tatashin, Yu Zhao (Google)');
  });

  test('a time carries its day and zone, no time says so with the length', () => {
    expect(whenText({ start: null, minutes: 20 }, 'UTC')).toBe('Not scheduled, 20 min');
    expect(whenText({ start: null, minutes: null }, 'UTC')).toBe('Not scheduled');
    expect(whenText({ start: '2023-11-15T16:30:00Z', minutes: 45 }, 'America/New_York')).toBe(
      'Wednesday 15 November 2023, 11:30 EST, 45 min',
    );
  });

  test('who is here and who of them writes', () => {
    const person = (id: string, writing: boolean) => ({ id, name: id, colour: '#2b62ef', writing });
    expect(hereText({ count: 6, people: [person('a', true), person('b', false)] })).toBe('6 here, 1 in the text');
    expect(hereText({ count: 1, people: [person('b', false)] })).toBe('1 here');
  });

  test('materials of one kind are told apart by number', () => {
    const labels = named([material('a', 'slides'), material('b', 'link'), material('c', 'slides')]);
    expect(labels.map(({ label }) => label)).toEqual(['Slides 1', 'Link', 'Slides 2']);
  });

  test('the room stands in the head only when all talks with a time share it', () => {
    const { sessions } = smallEvent('day', 'open', ['one', 'two', 'three']).event;
    const at = (rooms: (string | null)[]) =>
      sessions.map((session, index) => ({
        ...session,
        start: index === 2 ? null : '2023-11-15T15:00:00Z',
        room: rooms[index] ?? null,
      }));
    expect(onlyRoom(at(['A', 'A', 'B']))).toBe('A');
    expect(onlyRoom(at(['A', 'B']))).toBeNull();
    expect(onlyRoom(at(['A', null]))).toBeNull();
  });

  test('a zone is named by its city', () => {
    expect(zoneCity('America/New_York')).toBe('New York');
    expect(zoneCity('UTC')).toBe('UTC');
  });
});

describe('PG1: the text of a link preview', () => {
  test('is the beginning of the proposal, cut between words', () => {
    const text = `${'Word '.repeat(60)}end`;
    const preview = previewText({ title: 'T', description: [{ kind: 'text', text }] });
    expect(preview.length).toBeLessThanOrEqual(202);
    expect(preview).toMatch(/Word …$/);
  });

  test('says what the page is when there is no proposal', () => {
    expect(previewText({ title: 'T', description: [{ kind: 'gap', text: 'list missing in source' }] })).toBe(
      'Agenda and notes of T.',
    );
  });
});
