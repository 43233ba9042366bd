import { expect, test } from 'vitest';
import { AckLedger } from './ack-ledger.ts';

test('SY3: an ack covers the first k frames, each with all changes it carried', () => {
  const ledger = new AckLedger();
  ledger.frameSent(0, 10);
  ledger.frameSent(ledger.change(), 20);
  ledger.change();
  ledger.frameSent(ledger.change(), 30);
  expect(ledger.unsaved).toBe(3);
  expect(ledger.acked(2)).toBe(true);
  expect([ledger.saved, ledger.unsaved, ledger.oldestSentAt]).toEqual([1, 2, 30]);
  expect(ledger.acked(3)).toBe(true);
  expect([ledger.unsaved, ledger.waiting, ledger.oldestSentAt]).toEqual([0, false, null]);
});

test('SY3: an empty frame waits for its ack too', () => {
  const ledger = new AckLedger();
  ledger.frameSent(0, 10);
  expect([ledger.unsaved, ledger.waiting]).toEqual([0, true]);
});

test('SY3: an ack for frames that were never sent, or fewer than before, is a lie', () => {
  const ledger = new AckLedger();
  ledger.frameSent(ledger.change(), 10);
  expect(ledger.acked(2)).toBe(false);
  expect(ledger.unsaved).toBe(1);
  ledger.acked(1);
  expect(ledger.acked(0)).toBe(false);
  expect(ledger.acked(1)).toBe(true);
});

test('CL1: what was sent but not acked counts again after the connection is lost, what an earlier visit left too', () => {
  const ledger = new AckLedger(2);
  ledger.change();
  ledger.frameSent(3, 10);
  ledger.connectionLost();
  expect([ledger.unsaved, ledger.sent, ledger.waiting]).toEqual([3, 0, false]);
  ledger.frameSent(3, 20);
  expect(ledger.acked(1)).toBe(true);
  expect(ledger.unsaved).toBe(0);
});
