import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyExactly } from './apply.ts';

/** Two people make the same words bold at the same time: the second pair of marks is redundant. */
function boldTwice(): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const ada = new Y.Doc();
  const bob = new Y.Doc();
  for (const doc of [ada, bob]) doc.on('update', (update: Uint8Array) => updates.push(update));
  ada.getText('t').insert(0, 'same words');
  Y.applyUpdate(bob, Y.encodeStateAsUpdate(ada));
  updates.length = 1;
  ada.getText('t').format(0, 4, { bold: true });
  bob.getText('t').format(0, 4, { bold: true });
  return updates;
}

function deletions(updates: readonly Uint8Array[], apply: (doc: Y.Doc, update: Uint8Array) => void): number {
  const doc = new Y.Doc();
  doc.getText('t');
  for (const update of updates) apply(doc, update);
  return Y.createDeleteSetFromStructStore(doc.store).clients.size;
}

test('SY2: a server’s document deletes nothing by itself, however the updates are cut', () => {
  const updates = boldTwice();
  expect(deletions(updates, (doc, update) => Y.applyUpdate(doc, update))).toBeGreaterThan(0);
  expect(deletions(updates, (doc, update) => applyExactly(doc, [update]))).toBe(0);
  expect(deletions([Y.mergeUpdates(updates)], (doc, update) => applyExactly(doc, [update]))).toBe(0);
});
