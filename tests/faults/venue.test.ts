import { expect, test } from 'vitest';
import { venueRound } from './venue.ts';

test('NW1, CL2, test 12: 12 people through stalls, cuts and half-open connections, then no network: nothing acked is lost, all are equal, and Saved was true', async () => {
  const report = await venueRound({
    ...{ clients: 12, seed: 20261123, rate: 20, roundTrip: 2_000, worstStall: 20_000 },
    ...{ faults: 24, offline: 20_000, typeEvery: 4_000 },
  });
  expect(report).toMatchObject({ lost: [], lies: [] });
  expect(report.acked).toBe(report.typed);
  expect(report.faults).toBeGreaterThanOrEqual(24);
  expect(report.connections).toBeGreaterThan(24);
}, 120_000);
