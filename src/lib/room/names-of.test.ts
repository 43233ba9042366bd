import { expect, test } from 'vitest';
import { namesOf, withMyName } from './names-of.ts';

const person = (id: string, name: string) => ({ id, name, colour: '#2b62ef', writing: false });
const here = { count: 2, people: [person('j', 'Jonas Weber'), person('m', 'unnamed')] };

test('ID1: the name I give counts before the server has told of it', () => {
  expect(namesOf([], here.people)).toEqual(['Jonas Weber']);
  const named = withMyName(here, 'm', 'Mara Lindqvist');
  expect(named.people).toEqual([person('j', 'Jonas Weber'), person('m', 'Mara Lindqvist')]);
  expect(namesOf([], named.people)).toEqual(['Jonas Weber', 'Mara Lindqvist']);
});

test('ID1: without a name of mine, or once it is known, the list is the one that came', () => {
  expect(withMyName(here, 'm', null)).toBe(here);
  expect(withMyName(here, 'j', 'Jonas Weber')).toBe(here);
  expect(withMyName(here, 'nobody', 'Mara Lindqvist')).toBe(here);
});
