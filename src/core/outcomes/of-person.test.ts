import { describe, expect, test } from 'vitest';
import { isOpen, namesPerson, ownerMeant, soonestFirst } from './of-person.ts';

const PEOPLE = ['Mara Lindqvist', 'Jonas Weber', 'Jörg Rödel'];

describe('OU12: whose an outcome is', () => {
  test.each([
    ['jw', 'Jonas Weber'],
    ['mara', 'Mara Lindqvist'],
    ['Joerg Roedel', 'Jörg Rödel'],
    ['jgg', 'Jonas Weber'],
    ['Somebody Else', 'Somebody Else'],
  ])('%s is %s', (owner, name) => {
    expect(ownerMeant(owner, PEOPLE, [{ name: 'Jonas Weber', initials: 'jgg' }])).toBe(name);
  });

  test.each([
    ['ask @Jonas Weber about it', true],
    ['as JONAS WEBER, said', true],
    ['Jonas Weberson wrote it', false],
    ['Jonas said', false],
  ])('“%s” names Jonas Weber: %s', (text, names) => {
    expect(namesPerson({ text }, 'Jonas Weber')).toBe(names);
  });

  test('a first name alone is nobody in a text', () => {
    expect(namesPerson({ text: 'rob the bank' }, 'Rob')).toBe(false);
    expect(namesPerson({ text: 'ask @Rob' }, 'Rob')).toBe(true);
  });
});

test('OU12: dates first, the soonest before the others, then points in words, then none', () => {
  const due = ['', 'before v6.20', '2024-01-05', '2023-12-01', 'later'].map((due) => ({ due }));
  expect(soonestFirst(due).map((one) => one.due)).toEqual(['2023-12-01', '2024-01-05', 'before v6.20', 'later', '']);
});

test.each([
  ['action', 'open', true],
  ['action', 'blocked', true],
  ['action', 'moved to list', false],
  ['question', 'answered', false],
  ['decision', 'posted', false],
] as const)('OU12: %s, %s: to do %s', (kind, state, open) => {
  expect(isOpen({ kind, state })).toBe(open);
});
