import { describe, expect, test } from 'vitest';
import { describeFailure, runSeed } from './run-seed.ts';

const SEEDS = 200;
const PER_TEST = 25;

describe('SY1, SY2, SY3, LO6: whatever the network, the store and the process do', () => {
  for (let first = 0; first < SEEDS; first += PER_TEST)
    test(`seeds ${first} to ${first + PER_TEST - 1} converge, everything acked is on disk, nothing else was told`, async () => {
      for (let seed = first; seed < first + PER_TEST; seed++) {
        const failure = await runSeed(seed);
        expect(failure && describeFailure(failure)).toBeNull();
      }
    }, 60_000);
});
