import { expect, test } from 'vitest';
import { drawScript } from './script.ts';

const ROUNDS = 5;

function drawn(seed: number): unknown[] {
  return Array.from({ length: ROUNDS }, (_, number) => {
    const { seedOf, ...moments } = drawScript(seed, number, ROUNDS);
    return { ...moments, people: [seedOf(0), seedOf(1)] };
  });
}

test('DR1: one seed draws one script, and another seed another', () => {
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
});

test('DR1: the kills of the rounds are early and late, never two in one part', () => {
  for (const seed of [1, 2, 3]) {
    const kills = Array.from({ length: ROUNDS }, (_, number) => drawScript(seed, number, ROUNDS).lidsAfter);
    expect(kills.map((ms) => Math.floor((ms / 3_000) * ROUNDS))).toEqual([0, 1, 2, 3, 4]);
  }
});
