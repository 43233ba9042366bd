import { expect, test } from 'vitest';
import { flushErrors, noFlushErrors } from '../faults/flush-error.ts';
import { skippedHere } from '../support/skipped-here.ts';

const why = noFlushErrors();

test.skipIf(why !== null)(
  `DK3 (T5): a flush that fails once ends the server with words; the next start has all that was acked, once${skippedHere(why)}`,
  async () => {
    const report = await flushErrors([12]);
    expect(report.broken).toEqual([]);
    expect(report.acked).toBeGreaterThan(0);
  },
  120_000,
);
