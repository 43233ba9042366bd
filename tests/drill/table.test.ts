import { expect, test } from 'vitest';
import type { Tally } from './count.ts';
import { rowOf, type Row } from './phases.ts';
import { byPhase, kept, totals } from './table.ts';

/** A row in which `crash` went like this, and nothing was lost otherwise. */
function row(crash: Partial<Tally>): Row {
  const tally = { typed: 10, acked: 10, lost: 0, lostAfterAck: 0, doubled: 0 };
  return { ...rowOf(() => ({ tally, caughtUp: null })), crash: { tally: { ...tally, ...crash }, caughtUp: 1_234 } };
}

test('DR3: ours fails by what was lost after an ack or is there twice; others are only shown; all have to take part', () => {
  expect(kept({ name: 'plumbline', row: row({}) })).toBe(true);
  expect(kept({ name: 'plumbline', row: row({ lost: 1, acked: 9 }) })).toBe(true);
  expect(kept({ name: 'plumbline', row: row({ lost: 1, lostAfterAck: 1 }) })).toBe(false);
  expect(kept({ name: 'plumbline-stock', row: row({ acked: null, lostAfterAck: null, doubled: 1 }) })).toBe(false);
  expect(kept({ name: 'hocuspocus', row: row({ lost: 1, lostAfterAck: 1 }) })).toBe(true);
  expect(kept({ name: 'hocuspocus', failed: 'it did not start' })).toBe(false);
});

test('DR2: the tables say what was lost in all and in each phase, and where nobody is told', () => {
  const outcomes = [
    { name: 'plumbline', row: row({}) },
    { name: 'y-websocket', row: row({ acked: null, lost: 3, lostAfterAck: null }) },
    { name: 'hocuspocus', failed: 'it did not start' },
  ] as const;
  const lines = totals(outcomes).split('\n');
  expect(lines[2]).toMatch(/^\| Plumbline +\| +70 \| +70 \| +0 \| +0 \| +0 \|$/);
  expect(lines[3]).toMatch(/\| +70 \| no acks \| +3 \| +no acks \| +0 \|$/);
  expect(lines[4]).toContain('did not take part');
  expect(byPhase(outcomes)).toMatch(/kill -9 while people type +\| +0 \(1\.2 s\) \| 3 of 10 \(1\.2 s\) \|/);
});
