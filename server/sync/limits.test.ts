import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeMessage } from '#core/wire/codec.ts';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { oneEvent } from '../../tests/support/one-event.ts';
import { SimClient, type SimClientOptions } from '../../tests/support/sim-client.ts';
import { memoryStore } from '../store/memory.ts';
import { LIMITS, type Limits } from './limits.ts';
import { Rooms } from './rooms.ts';

let clock: FakeClock;
let rooms: Rooms;
let noteId: string;
/** While true no commit ends. */
let stalled: boolean;
let waiting: (() => void)[];

beforeEach(() => {
  clock = new FakeClock();
  stalled = false;
  waiting = [];
});
afterEach(() => rooms.close());

async function start(lower: Partial<Limits>): Promise<void> {
  const commit = (): Promise<void> => (stalled ? new Promise((go) => waiting.push(go)) : Promise.resolve());
  const store = memoryStore({ clock, commit });
  noteId = (await oneEvent(store))[0] ?? '';
  rooms = new Rooms({ log: store.log, clock, limits: { ...LIMITS, ...lower } });
}

async function join(device: string, options: Partial<SimClientOptions> = {}): Promise<SimClient> {
  const client = new SimClient({ noteId, device, ...options });
  client.connect(rooms);
  await clock.advance(200);
  return client;
}

test('SY17: a message above the limit closes its sender, one of that size does not', async () => {
  await start({ messageBytes: 5_000 });
  const ada = await join('device-a');
  const bob = await join('device-b');
  const update = (bytes: number): Uint8Array => {
    const head = encodeMessage({ kind: 'update', update: new Uint8Array(0) }).length;
    return encodeMessage({ kind: 'update', update: new Uint8Array(bytes - head - 1) });
  };
  expect(update(5_000)).toHaveLength(5_000);
  ada.send(update(5_001));
  expect(ada.closedBy).toEqual({ code: 4400, reason: 'too-large' });
  bob.send(update(5_000));
  await clock.advance(100);
  expect(bob.closedBy).toBeNull();
});

test('SY17: a note above its size takes no more text, but deletions, and then text again', async () => {
  await start({ noteBytes: 20_000 });
  const ada = await join('device-a');
  for (let i = 0; i < 25; i++) {
    ada.type('x'.repeat(1_000));
    await clock.advance(50);
  }
  expect(ada.closedBy).toEqual({ code: 4400, reason: 'too-large' });
  const bob = await join('device-b');
  const length = bob.doc.getXmlFragment('note').length;
  bob.doc.getXmlFragment('note').delete(1, length - 1);
  await clock.advance(100);
  expect(bob.closedBy).toBeNull();
  bob.type('room again');
  await clock.advance(100);
  expect(bob.closedBy).toBeNull();
  expect((await join('device-c')).text).toContain('room again');
});

test('SY17: a full room turns the next one away until somebody leaves; readers come in when only writers are too many', async () => {
  await start({ peersPerRoom: 3, writersPerRoom: 2 });
  const ada = await join('device-a');
  await join('device-b');
  const writer = await join('device-c');
  expect(writer.closedBy).toEqual({ code: 1013, reason: 'full' });
  expect((await join('device-d', { canWrite: false })).closedBy).toBeNull();
  expect((await join('device-e', { canWrite: false })).closedBy).toEqual({ code: 1013, reason: 'full' });
  ada.cut();
  writer.connect(rooms);
  await clock.advance(200);
  expect(writer.closedBy).toBeNull();
});

test('SY6: no more is held for a peer than its share', async () => {
  await start({ heldBytes: 2_000 });
  const ada = new SimClient({ noteId, device: 'device-a', cranked: true });
  // What the peer says later hangs on what never arrives.
  ada.type('lost');
  ada.connect(rooms);
  ada.toServer.length = 0;
  await clock.advance(200);
  ada.type('y'.repeat(1_500));
  while (ada.toServer.length > 0) ada.deliverToServer();
  await clock.advance(100);
  expect(ada.closedBy).toBeNull();
  ada.type('z'.repeat(1_500));
  while (ada.toServer.length > 0) ada.deliverToServer();
  await clock.advance(100);
  expect(ada.closedBy).toEqual({ code: 1013, reason: 'gap-not-filled' });
});

test('SY17: while the store is slow a writer is paused at the limit, and goes on when it has caught up', async () => {
  await start({ roomQueueBytes: 10_000 });
  const ada = await join('device-a');
  stalled = true;
  for (let i = 0; i < 12; i++) {
    ada.type('q'.repeat(1_000));
    await clock.advance(20);
  }
  expect(ada.paused).toBe(true);
  stalled = false;
  waiting.splice(0).forEach((go) => go());
  await clock.advance(200);
  expect(ada.paused).toBe(false);
  expect(ada.closedBy).toBeNull();
  expect((await join('device-b')).text).toBe(ada.text);
});
