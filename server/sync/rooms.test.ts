import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '#core/note/schema.ts';
import { CLOSES } from '#core/wire/closes.ts';
import { encodeMessage } from '#core/wire/codec.ts';
import { FakeClock, settle } from '../../tests/support/fake-clock.ts';
import { oneEvent } from '../../tests/support/one-event.ts';
import { SimClient, type SimClientOptions } from '../../tests/support/sim-client.ts';
import { type MemoryParts, memoryStore } from '../store/memory.ts';
import { type Append, StoreError } from '../store/log.ts';
import type { Store } from '../store/store.ts';
import { LIMITS, type Limits, TIMES } from './limits.ts';
import { Rooms } from './rooms.ts';

let clock: FakeClock;
let store: Store;
let rooms: Rooms;
let noteId: string;
/** Set to hold commits back: each waiting commit ends when its function is called. */
let gate: { hold: boolean; fail: StoreError | null; waiting: (() => void)[] };

/** A caret at the end of the note. */
const caret = { anchor: { tname: 'note' }, head: { tname: 'note' } };

async function start(limits: Limits = LIMITS, disk?: MemoryParts['disk']): Promise<void> {
  gate = { hold: false, fail: null, waiting: [] };
  const commit = async (): Promise<void> => {
    if (gate.hold) await new Promise<void>((go) => gate.waiting.push(go));
    if (gate.fail) throw gate.fail;
  };
  store = memoryStore({ clock, commit, ...(disk && { disk }) });
  noteId = (await oneEvent(store, 1, 2))[0] ?? '';
  rooms = new Rooms({ log: store.log, clock, limits });
}

async function join(options: Partial<SimClientOptions> = {}): Promise<SimClient> {
  const client = new SimClient({ noteId, ...options });
  client.connect(rooms);
  await clock.advance(200);
  return client;
}

beforeEach(async () => {
  clock = new FakeClock();
  await start();
});
afterEach(() => rooms.close());

describe('text', () => {
  test('SY1: two peers converge, and a third that comes later', async () => {
    const ada = await join();
    const bob = await join({ device: 'device-b' });
    ada.type('hello ');
    bob.type('world');
    await clock.advance(100);
    expect(ada.text).toContain('hello');
    expect(bob.text).toBe(ada.text);
    const late = await join({ device: 'device-c' });
    expect(late.text).toBe(ada.text);
  });

  test('SY2: nothing is acked or sent to another peer before the commit', async () => {
    const ada = await join({ acks: true });
    const bob = await join({ device: 'device-b' });
    const acked = ada.acked;
    gate.hold = true;
    ada.type('secret');
    await clock.advance(3_000);
    expect(bob.text).not.toContain('secret');
    expect(ada.acked).toBe(acked);
    const late = new SimClient({ noteId, device: 'device-c' });
    late.connect(rooms);
    await clock.advance(500);
    expect(late.text).not.toContain('secret');
    gate.hold = false;
    gate.waiting.splice(0).forEach((go) => go());
    await clock.advance(500);
    expect(bob.text).toContain('secret');
    expect(late.text).toContain('secret');
    expect(ada.acked).toBe(ada.sent);
  });

  test('SY3: acks count sync-step-2 and updates, empty and unchanged ones included', async () => {
    const ada = await join({ acks: true });
    expect(ada.sent).toBe(1);
    expect(ada.acked).toBe(1);
    ada.type('a');
    ada.send(encodeMessage({ kind: 'update', update: new Uint8Array([0, 0]) }));
    ada.send(encodeMessage({ kind: 'update', update: Y.encodeStateAsUpdate(ada.doc) }));
    await clock.advance(100);
    expect(ada.acked).toBe(4);
  });

  test('SY5: an update that cannot be read closes its sender only, and the others keep their text', async () => {
    const ada = await join();
    const mallory = await join({ device: 'device-m' });
    ada.type('mine');
    mallory.send(encodeMessage({ kind: 'update', update: new Uint8Array([1, 1, 9, 0, 255, 255, 255]) }));
    await clock.advance(100);
    expect(mallory.closedBy).toEqual({ code: 4400, reason: 'malformed-frame' });
    const late = await join({ device: 'device-c' });
    expect(late.text).toBe(ada.text);
    expect(late.text).toContain('mine');
  });

  test('SY5: an update with missing dependencies is neither acked, sent nor stored, and leaves no pending structs', async () => {
    const ada = await join();
    // Bob's structs hang on Carol's, which the server never saw.
    const carol = new Y.Doc();
    Y.applyUpdate(carol, Y.encodeStateAsUpdate(ada.doc));
    carol.getXmlFragment('note').push([new Y.XmlElement('paragraph')]);
    const bobDoc = new Y.Doc();
    Y.applyUpdate(bobDoc, Y.encodeStateAsUpdate(carol));
    const before = Y.encodeStateVector(bobDoc);
    bobDoc.getXmlFragment('note').push([new Y.XmlElement('horizontalRule')]);
    const bob = await join({ device: 'device-b', acks: true });
    const acked = bob.acked;
    bob.send(encodeMessage({ kind: 'update', update: Y.encodeStateAsUpdate(bobDoc, before) }));
    await clock.advance(100);
    expect(bob.acked).toBe(acked);
    ada.type('still here');
    await clock.advance(100);
    const late = await join({ device: 'device-c' });
    expect(late.text).toBe(ada.text);
    expect(late.doc.store.pendingStructs).toBeNull();
    await clock.advance(LIMITS.heldMs + TIMES.sweep);
    expect(bob.closedBy).toEqual({ code: 1013, reason: 'gap-not-filled' });
  });

  test('SY6: an update that comes before the sync-step-2 which closes its gap is held, then stored', async () => {
    const ada = await join();
    const bob = new SimClient({ noteId, device: 'device-b', acks: true, cranked: true });
    bob.type('typed offline ');
    bob.connect(rooms);
    bob.type('and after');
    // The network brings step 1 and the second update; the answer to the server's step 1 comes last.
    while (bob.toServer.length > 0) bob.deliverToServer();
    await clock.advance(200);
    expect(ada.text).not.toContain('and after');
    while (bob.toClient.length > 0) bob.deliverToClient();
    while (bob.toServer.length > 0) bob.deliverToServer();
    await clock.advance(200);
    while (bob.toClient.length > 0) bob.deliverToClient();
    expect(ada.text).toContain('typed offline and after');
    expect(bob.acked).toBe(bob.sent);
    expect(bob.closedBy).toBeNull();
  });
});

describe('authorship', () => {
  test('SY7: new structs under another device’s clientID are refused, and the victim is not affected', async () => {
    const ada = await join();
    ada.type('hello');
    await clock.advance(100);
    const mallory = await join({ device: 'device-m', clientId: ada.doc.clientID });
    // Yjs takes a new clientID when it sees its own used by another; a hostile peer does not.
    mallory.doc.clientID = ada.doc.clientID;
    mallory.type(' EVIL');
    await clock.advance(100);
    expect(mallory.closedBy).toEqual({ code: 4400, reason: 'foreign-client-id' });
    ada.type(' world');
    await clock.advance(100);
    const late = await join({ device: 'device-c' });
    expect(late.text).toContain('hello world');
    expect(late.text).not.toContain('EVIL');
  });

  test('SY7 twin: two tabs, a reload and an offline copy of one device go on under the same clientID', async () => {
    const ada = await join();
    ada.type('one ');
    await clock.advance(100);
    ada.cut();
    ada.type('two ');
    ada.connect(rooms);
    await clock.advance(300);
    const copy = await join({ clientId: ada.doc.clientID });
    copy.doc.clientID = ada.doc.clientID;
    ada.cut();
    copy.type('three');
    await clock.advance(100);
    expect(copy.closedBy).toBeNull();
    const late = await join({ device: 'device-c' });
    expect(late.text).toContain('one two three');
  });

  test('SY7 twin: anyone may delete and undo what another wrote', async () => {
    const ada = await join();
    ada.type('too much');
    await clock.advance(100);
    const bob = await join({ device: 'device-b' });
    const undo = new Y.UndoManager(bob.doc.getXmlFragment('note'));
    bob.doc.getXmlFragment('note').delete(1, 1);
    await clock.advance(100);
    expect(ada.text).not.toContain('too much');
    undo.undo();
    await clock.advance(100);
    expect(bob.closedBy).toBeNull();
    expect(ada.text).toContain('too much');
  });

  test('SY7: who owns a clientID is known after a restart', async () => {
    const ada = await join();
    ada.type('hello');
    await clock.advance(100);
    rooms.close();
    rooms = new Rooms({ log: store.log, clock, limits: LIMITS });
    const mallory = await join({ device: 'device-m' });
    mallory.doc.clientID = ada.doc.clientID;
    mallory.type('EVIL');
    await clock.advance(100);
    expect(mallory.closedBy?.reason).toBe('foreign-client-id');
  });
});

describe('the door and the room', () => {
  test('SY13: unknown ids, old epochs and old schemas get their own close before any sync frame', async () => {
    const unknown = await join({ noteId: '11111111-1111-4111-8111-111111111111.1' });
    expect(unknown.closedBy).toEqual({ code: 4404, reason: 'unknown-note' });
    const old = await join({ noteId: noteId.replace(/\.2$/, '.1') });
    expect(old.closedBy).toEqual({ code: 4409, reason: 'old-epoch' });
    const tab = await join({ schema: SCHEMA_VERSION - 1 });
    expect(tab.closedBy).toEqual({ code: 4409, reason: 'old-schema' });
    expect([unknown, old, tab].flatMap((client) => client.received)).toEqual([]);
    expect((await join({ schema: SCHEMA_VERSION })).closedBy).toBeNull();
  });

  test('SY4: a message that only servers send closes its sender', async () => {
    const ada = await join();
    ada.send(encodeMessage({ kind: 'ack', count: 7 }));
    expect(ada.closedBy).toEqual({ code: 4400, reason: 'message-not-for-clients' });
  });

  test('ID6: a reader gets text and cannot change it', async () => {
    const ada = await join();
    const reader = await join({ device: 'device-r', canWrite: false });
    ada.type('for all');
    await clock.advance(100);
    expect(reader.text).toContain('for all');
    expect(reader.sent).toBe(0);
    reader.type('mine too');
    await clock.advance(100);
    expect(reader.closedBy).toEqual({ code: 4403, reason: 'no-access' });
    expect(ada.text).not.toContain('mine too');
  });

  test('SY14: fifty who come at once cause one load; a failed load leaves nothing behind', async () => {
    let loads = 0;
    let broken = true;
    const log = {
      ...bound(store.log),
      load: async (id: string) => {
        loads++;
        if (broken) throw new StoreError('io', 'the disk is gone');
        return store.log.load(id);
      },
    };
    rooms.close();
    rooms = new Rooms({ log, clock, limits: LIMITS });
    const first = await join();
    expect(first.closedBy).toEqual({ code: 1013, reason: 'cannot-store' });
    expect(rooms.stats().rooms).toBe(0);
    broken = false;
    loads = 0;
    const many = Array.from({ length: 50 }, (_, i) => new SimClient({ noteId, device: `device-${i}` }));
    for (const client of many) client.connect(rooms);
    await clock.advance(300);
    expect(loads).toBe(1);
    expect(new Set(many.map((client) => client.text)).size).toBe(1);
  });

  test('SY14: an empty room is unloaded after a while and comes back with its text', async () => {
    const ada = await join();
    ada.type('kept');
    await clock.advance(100);
    ada.cut();
    await clock.advance(TIMES.linger + 3 * TIMES.sweep);
    expect(rooms.stats().rooms).toBe(0);
    expect((await join({ device: 'device-b' })).text).toContain('kept');
  });

  test('SY15: a store that fails for a moment costs a delay, nothing else', async () => {
    const ada = await join({ acks: true });
    const bob = await join({ device: 'device-b' });
    gate.fail = new StoreError('disk-full', 'the disk is full');
    ada.type('patience');
    await clock.advance(2_000);
    expect(bob.text).not.toContain('patience');
    expect(ada.acked).toBeLessThan(ada.sent);
    gate.fail = null;
    await clock.advance(500);
    expect(bob.text).toContain('patience');
    expect(ada.acked).toBe(ada.sent);
  });

  test('SY15: a store that stays broken closes the room with 1013, and nothing unacked is shown to anyone', async () => {
    const ada = await join({ acks: true });
    const bob = await join({ device: 'device-b' });
    gate.fail = new StoreError('disk-full', 'the disk is full');
    ada.type('unsaved');
    await clock.advance(TIMES.storeRetry + 1_000);
    expect(ada.closedBy).toEqual({ code: 1013, reason: 'cannot-store' });
    expect(bob.closedBy).toEqual({ code: 1013, reason: 'cannot-store' });
    expect(bob.text).not.toContain('unsaved');
    gate.fail = null;
    ada.connect(rooms);
    await clock.advance(500);
    const late = await join({ device: 'device-c' });
    expect(late.text).toContain('unsaved');
  });

  test('SY15, DK3 (T5): a disk that failed is asked once, nobody sees or is promised anything; what it kept all the same is there once', async () => {
    let asked = 0;
    rooms.close();
    const log = {
      ...bound(store.log),
      append: async (append: Append) => {
        asked++;
        await store.log.append(append);
        throw new StoreError('io', 'the flush failed');
      },
    };
    rooms = new Rooms({ log, clock, limits: LIMITS });
    const ada = await join({ acks: true });
    const bob = await join({ device: 'device-b' });
    const { acked } = ada;
    ada.type('once');
    await clock.advance(100);
    expect(asked).toBe(1);
    expect(ada.acked).toBe(acked);
    expect(ada.closedBy).toEqual(CLOSES.cannotStore);
    expect(bob.closedBy).toEqual(CLOSES.cannotStore);
    expect(bob.text).not.toContain('once');
    rooms.close();
    rooms = new Rooms({ log: store.log, clock, limits: LIMITS });
    ada.connect(rooms);
    await clock.advance(500);
    expect((await join({ device: 'device-c' })).text.split('once')).toHaveLength(2);
    expect(ada.acked).toBe(ada.sent);
  });

  test('SY12: a quiet peer hears something at least every 20 s', async () => {
    const ada = await join();
    const before = ada.received.length;
    await clock.advance(20_000);
    expect(ada.received.length).toBeGreaterThan(before);
  });

  test('SY17: over its rate a peer is paused for a while and never closed', async () => {
    const ada = await join();
    for (let i = 0; i < LIMITS.frameBurst + 200; i++) ada.type('x');
    expect(ada.paused).toBe(true);
    await clock.advance(10_000);
    expect(ada.paused).toBe(false);
    expect(ada.closedBy).toBeNull();
    expect((await join({ device: 'device-b' })).text).toBe(ada.text);
  });

  test('SY11: a slow reader first loses presence, then its connection', async () => {
    const slow = await join({ device: 'device-s' });
    const ada = await join();
    slow.queuedBytes = LIMITS.queuedBytesPresence + 1;
    ada.present({ cursor: caret }, 1);
    ada.type('text');
    await clock.advance(200);
    expect(slow.presence.size).toBe(0);
    expect(slow.text).toContain('text');
    slow.queuedBytes = LIMITS.queuedBytesClose + 1;
    ada.type(' more');
    await clock.advance(200);
    expect(slow.closedBy).toEqual({ code: 1013, reason: 'slow-reader' });
  });

  test('ST5: a drain commits and acks what waits, then closes everyone with 1012', async () => {
    const ada = await join({ acks: true });
    ada.type('last words');
    const drained = rooms.drain();
    await clock.advance(TIMES.drain + 100);
    await drained;
    expect(ada.closedBy).toEqual({ code: 1012, reason: 'restart' });
    expect(ada.acked).toBe(2);
    rooms.close();
    rooms = new Rooms({ log: store.log, clock, limits: LIMITS });
    expect((await join({ device: 'device-b' })).text).toContain('last words');
  });

  test('ST5: a peer whose note is still being loaded when the drain begins is closed with 1012 too', async () => {
    const early = new SimClient({ noteId });
    early.connect(rooms);
    const drained = rooms.drain();
    await clock.advance(TIMES.drain + 100);
    await drained;
    expect(early.closedBy).toEqual({ code: 1012, reason: 'restart' });
  });
});

test('SY10: a crowd that only comes in is no load; one that writes is', async () => {
  const told: boolean[] = [];
  rooms.close();
  rooms = new Rooms({
    log: store.log,
    clock,
    limits: LIMITS,
    report: () => undefined,
    onLoad: (busy) => told.push(busy),
  });
  const crowd = await Promise.all(Array.from({ length: 60 }, (_, i) => join({ device: `device-${i}` })));
  await clock.advance(1_000);
  expect(told).toEqual([]);
  for (let key = 0; key < 30; key++) {
    for (const client of crowd.slice(0, 5)) client.type('x');
    await clock.advance(50);
  }
  expect(told).toEqual([true]);
});

describe('presence', () => {
  test('SY8: others see the caret with the name the server knows, whatever the peer says', async () => {
    const ada = await join({ name: 'Ada' });
    const bob = await join({ device: 'device-b' });
    ada.present({ user: { name: 'Linus', color: 'red' }, cursor: caret, extra: 1 }, 1);
    await clock.advance(200);
    const seen = JSON.parse(bob.presence.get(ada.doc.clientID)?.state ?? 'null') as Record<string, unknown>;
    expect(seen).toEqual({
      user: { id: 'device-a', name: 'Ada', color: expect.stringMatching(/^#[0-9a-f]{6}$/) },
      cursor: caret,
    });
  });

  test('SY8: an entry for another’s clientID is an echo and changes nothing', async () => {
    const ada = await join();
    const bob = await join({ device: 'device-b', name: 'Bob' });
    ada.present({ cursor: caret }, 1);
    bob.present({ cursor: caret }, 1);
    await clock.advance(200);
    bob.present({ user: { name: 'fake' }, cursor: caret }, 99, ada.doc.clientID);
    await clock.advance(200);
    expect(bob.presence.get(ada.doc.clientID)?.clock).toBe(1);
    ada.present({ cursor: { ...caret, anchor: { tname: 'note', assoc: -1 } } }, 2);
    await clock.advance(200);
    expect(bob.presence.get(ada.doc.clientID)?.clock).toBe(2);
  });

  test('SY8: presence above 2 kB or without sense closes its sender', async () => {
    const big = await join();
    big.present({ cursor: caret, pad: 'x'.repeat(3_000) }, 1);
    expect(big.closedBy).toEqual({ code: 4400, reason: 'bad-presence' });
    const odd = await join();
    odd.send(encodeMessage({ kind: 'awareness', entries: [{ clientId: 1, clock: 1, state: '{"cursor"' }] }));
    expect(odd.closedBy).toEqual({ code: 4400, reason: 'bad-presence' });
  });

  test('SY9: a peer without a caret costs nobody anything; carets of many come merged', async () => {
    const ada = await join();
    const before = ada.received.length;
    const readers = await Promise.all(Array.from({ length: 5 }, (_, i) => join({ device: `reader-${i}` })));
    for (const reader of readers) reader.present({ user: { name: 'x' } }, 1);
    await clock.advance(1_000);
    expect(ada.received.length).toBe(before);
    for (const reader of readers) reader.present({ cursor: caret }, 2);
    await clock.advance(200);
    expect(ada.received.length - before).toBeLessThanOrEqual(2);
    expect(ada.presence.size).toBe(5);
  });

  test.each(['a-device-id-longer-than-what-others-see', 'unnamed'])(
    'SY8: the caret of %s is shown also when the text came first',
    async (device) => {
      const ada = await join({ device });
      const bob = await join({ device: 'device-b' });
      ada.type('first');
      await clock.advance(200);
      ada.present({ cursor: caret }, 1);
      await clock.advance(200);
      expect(bob.presence.get(ada.doc.clientID)?.state).toContain('"anchor"');
    },
  );

  test('SY8: a peer that leaves takes its caret along, and comes back with the same clock', async () => {
    const ada = await join();
    const bob = await join({ device: 'device-b' });
    ada.present({ cursor: caret }, 5);
    await clock.advance(200);
    ada.cut();
    await clock.advance(200);
    expect(bob.presence.get(ada.doc.clientID)?.state).toBe('null');
    ada.connect(rooms);
    ada.present({ cursor: caret }, 5);
    await clock.advance(200);
    expect(bob.presence.get(ada.doc.clientID)?.state).toContain('Ada');
  });

  test('ID3: a new name reaches carets and the list of people without a reconnect', async () => {
    const ada = await join({ acks: true, name: 'unnamed' });
    const bob = await join({ device: 'device-b', acks: true });
    ada.present({ cursor: caret }, 1);
    await clock.advance(200);
    rooms.renamed('device-a', () => 'Ada (guest)');
    await clock.advance(TIMES.here + 200);
    expect(bob.presence.get(ada.doc.clientID)?.state).toContain('Ada (guest)');
    expect(bob.here?.people.map((person) => person.name)).toContain('Ada (guest)');
  });

  test('PG2: people are counted once, however many tabs, writers first', async () => {
    const ada = await join({ acks: true });
    await join();
    const bob = await join({ device: 'device-b', name: 'Bob' });
    bob.present({ cursor: caret }, 1);
    await clock.advance(TIMES.here + 100);
    expect(ada.here?.count).toBe(2);
    expect(ada.here?.people.map((person) => [person.name, person.writing])).toEqual([
      ['Bob', true],
      ['Ada', false],
    ]);
    expect(rooms.here(noteId).count).toBe(2);
  });

  test('MA4: a change of facts is told to everyone of our own clients', async () => {
    const ada = await join({ acks: true });
    rooms.factsChanged(noteId);
    await settle();
    expect(ada.factsChanged).toBe(1);
  });
});

function bound(log: Store['log']): Store['log'] {
  return {
    load: (id) => log.load(id),
    append: (append) => log.append(append),
    snapshot: (id) => log.snapshot(id),
    prune: (id) => log.prune(id),
  };
}
