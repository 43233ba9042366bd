import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Pulse, quantile } from './pulse.ts';

/** A writer whose keys are kept as single updates: sent at 0, 1, 2, ... milliseconds. */
function typed(pulse: Pulse, clientId: number, keys: number): { updates: Uint8Array[]; doc: Y.Doc } {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const text = doc.getText('note');
  const updates: Uint8Array[] = [];
  pulse.add(clientId, 0);
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let key = 0; key < keys; key++) {
    pulse.sent(clientId, key);
    text.insert(key, 'x');
  }
  return { updates, doc };
}

const [reader, author] = [{}, {}];

describe('the pulse of the bench', () => {
  test('keystrokes are found in an update whether it carries one or many, of one writer or several', () => {
    const pulse = new Pulse();
    pulse.measure();
    const ada = typed(pulse, 1, 4);
    const bob = typed(pulse, 2, 2);
    pulse.seen(reader, ada.updates[0] ?? new Uint8Array(), 10, null);
    expect(pulse.latencies).toEqual([10]);
    pulse.latencies = [];
    pulse.seen(author, Y.mergeUpdates([...ada.updates, ...bob.updates]), 10, null);
    expect(pulse.latencies.toSorted((one, other) => one - other)).toEqual([7, 8, 9, 9, 10, 10]);
    expect(pulse.seenCount(author, [1, 2])).toBe(6);
  });

  test('a keystroke counts once for each observer, never for its author, and not before measuring began', () => {
    const pulse = new Pulse();
    const early = typed(pulse, 1, 2);
    pulse.measure();
    const { updates } = typed(pulse, 2, 1);
    for (const update of [...early.updates, ...updates, ...updates]) pulse.seen(reader, update, 5, null);
    for (const update of updates) pulse.seen(author, update, 5, 2);
    expect(pulse.latencies).toEqual([5]);
  });

  test('a lost keystroke, and those that wait for it, are missing', () => {
    const pulse = new Pulse();
    const { updates } = typed(pulse, 1, 5);
    const doc = new Y.Doc();
    for (const [index, update] of updates.entries()) if (index !== 2) Y.applyUpdate(doc, update);
    expect(pulse.missing(doc, [1])).toEqual(new Map([[1, 3]]));
  });

  test('quantiles are values that occurred', () => {
    expect([quantile([3, 1, 2], 0.5), quantile([3, 1, 2], 0.99), quantile([], 0.5)]).toEqual([2, 3, Number.NaN]);
  });
});
