import { describe, expect, test } from 'vitest';
import { describeFailure, runSeed } from './run-seed.ts';
import { Trace } from './trace.ts';

const SEEDS = 100;
const PER_TEST = 25;

describe('QA1, SY1, SY2, SY3, LO6, CL2, tests 20 and 21: whatever the network, the store, the process and the clocks do', () => {
  for (let first = 0; first < SEEDS; first += PER_TEST)
    test(`seeds ${first} to ${first + PER_TEST - 1} converge, everything acked is on disk, nothing else was told, and what was shown was true`, async () => {
      for (let seed = first; seed < first + PER_TEST; seed++) {
        const failure = await runSeed(seed);
        // Not by expect, which would cut it short.
        if (failure) throw new Error(describeFailure(failure));
      }
    }, 60_000);
});

test('QA1: the same seed gives the same run, to the byte and the millisecond, and another seed another one', async () => {
  const digests: string[] = [];
  for (const seed of [7, 8, 7, 8]) {
    const trace = new Trace();
    await runSeed(seed, undefined, trace);
    digests.push(trace.digest());
  }
  const [first, other] = digests;
  expect(digests).toEqual([first, other, first, other]);
  expect(first).not.toBe(other);
}, 60_000);
