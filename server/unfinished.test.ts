import { expect, test } from 'vitest';
import { type Sender, Unfinished } from './unfinished.ts';

function senders(): { cut: string[]; named: (name: string) => Sender } {
  const cut: string[] = [];
  return { cut, named: (name) => ({ cut: () => void cut.push(name) }) };
}

test('SY20: of beginnings that are too much together, the one that began first goes', () => {
  const { cut, named } = senders();
  const unfinished = new Unfinished(10_000);
  const [slow, honest, next] = [named('slow'), named('honest'), named('next')];
  unfinished.came(slow, 2_000);
  unfinished.came(honest, 4_000);
  unfinished.came(slow, 2_000);
  unfinished.came(next, 3_000);
  expect(cut).toEqual(['slow']);
  expect(unfinished.bytes).toBe(7_000);
  unfinished.came(next, 9_000);
  expect(cut).toEqual(['slow', 'honest', 'next']);
  expect(unfinished.bytes).toBe(0);
});

test('SY20 twin: who ends its messages may send for ever, and what came behind an end is a beginning', () => {
  const { cut, named } = senders();
  const unfinished = new Unfinished(10_000);
  const honest = named('honest');
  for (let i = 0; i < 100; i++) {
    unfinished.came(honest, 8_008);
    unfinished.ended(honest, 8_000);
  }
  expect(cut).toEqual([]);
  expect(unfinished.bytes).toBe(0);
  unfinished.came(honest, 8_000);
  unfinished.ended(honest, 5_000);
  expect(unfinished.bytes).toBe(3_000);
  unfinished.left(honest);
  expect(unfinished.bytes).toBe(0);
});

test('SY20 twin: who only answers pings holds nothing', () => {
  const { cut, named } = senders();
  const unfinished = new Unfinished(10_000);
  const reader = named('reader');
  for (let i = 0; i < 5_000; i++) {
    unfinished.came(reader, 6);
    unfinished.apart(reader, 6);
  }
  expect(unfinished.bytes).toBe(0);
  expect(cut).toEqual([]);
});

test('SY20: a pong between its pieces makes no message younger', () => {
  const { cut, named } = senders();
  const unfinished = new Unfinished(10_000);
  const [slow, honest] = [named('slow'), named('honest')];
  unfinished.came(slow, 4_000);
  unfinished.came(honest, 4_000);
  unfinished.came(slow, 6);
  unfinished.apart(slow, 6);
  expect(unfinished.bytes).toBe(8_000);
  unfinished.came(honest, 3_000);
  expect(cut).toEqual(['slow']);
});
