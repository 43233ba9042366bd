import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readNote } from '#core/note/read.ts';
import { CLOSES } from '#core/wire/closes.ts';
import { encodeMessage } from '#core/wire/codec.ts';
import { memoryStore } from '#server/store/memory.ts';
import type { Store } from '#server/store/store.ts';
import { LIMITS, type Limits } from '#server/sync/limits.ts';
import { Rooms } from '#server/sync/rooms.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { oneEvent } from '../support/one-event.ts';
import { SimClient, type SimClientOptions } from '../support/sim-client.ts';

const MALLORY = 6_666;
/** The end of the note. */
const HERE = { type: null, tname: 'note', item: null, assoc: 0 };

let clock: FakeClock;
let store: Store;
let rooms: Rooms;
let noteId: string;
let ada: SimClient;
let reported: unknown[];

async function start(limits: Limits = LIMITS): Promise<void> {
  clock = new FakeClock();
  store = memoryStore({ clock });
  noteId = (await oneEvent(store))[0] ?? '';
  reported = [];
  rooms = new Rooms({ log: store.log, clock, limits, report: (error) => reported.push(error) });
  ada = await join({ device: 'device-a', acks: true, clientId: 1_000 });
  ada.type('hello ');
  await clock.advance(100);
}

beforeEach(() => start());
afterEach(() => rooms.close());

async function join(options: Partial<SimClientOptions> = {}): Promise<SimClient> {
  const client = new SimClient({ noteId, device: 'device-m', ...options });
  client.connect(rooms);
  await clock.advance(200);
  return client;
}

/** The honest peer goes on, nobody waits for anything, and room, newcomer and log hold the same text. */
async function goesOn(): Promise<void> {
  ada.type('world');
  await clock.advance(200);
  expect(reported).toEqual([]);
  expect(ada.closedBy).toBeNull();
  expect(ada.acked).toBe(ada.sent);
  const late = await join({ device: 'device-late', canWrite: false });
  expect(late.text).toBe(ada.text);
  expect(late.text).toContain('world');
  expect(late.doc.store.pendingStructs).toBeNull();
  late.cut();
  const loaded = await store.log.load(noteId);
  if (loaded === null || loaded === 'old-epoch') throw new Error('the note is gone');
  const log = new Y.Doc();
  Y.applyUpdate(log, Y.mergeUpdates([...(loaded.snapshot ? [loaded.snapshot] : []), ...loaded.tail]));
  expect(log.getXmlFragment('note').toJSON()).toBe(ada.text);
  expect(Y.encodeStateVector(log)).toEqual(Y.encodeStateVector(late.doc));
}

type Write = (out: encoding.Encoder) => void;

/** The bytes of an update, as declared and not as Yjs would write them: blocks of structs, then ranges to delete. */
function update(blocks: [client: number, clock: number, structs: Write[]][], deletes: [number, number, number][] = []) {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, blocks.length);
  for (const [client, at, structs] of blocks) {
    encoding.writeVarUint(out, structs.length);
    encoding.writeVarUint(out, client);
    encoding.writeVarUint(out, at);
    for (const struct of structs) struct(out);
  }
  encoding.writeVarUint(out, deletes.length);
  for (const [client, at, length] of deletes) {
    encoding.writeVarUint(out, client);
    encoding.writeVarUint(out, 1);
    encoding.writeVarUint(out, at);
    encoding.writeVarUint(out, length);
  }
  return encoding.toUint8Array(out);
}

const gc =
  (length: number): Write =>
  (out) => {
    encoding.writeUint8(out, 0);
    encoding.writeVarUint(out, length);
  };
const skip =
  (length: number): Write =>
  (out) => {
    encoding.writeUint8(out, 10);
    encoding.writeVarUint(out, length);
  };
/** Text at the top of the note; with `left`, behind that struct. */
const text =
  (letters: string, left?: [client: number, clock: number]): Write =>
  (out) => {
    encoding.writeUint8(out, left ? 0x84 : 4);
    if (left) for (const part of left) encoding.writeVarUint(out, part);
    else {
      encoding.writeVarUint(out, 1);
      encoding.writeVarString(out, 'note');
    }
    encoding.writeVarString(out, letters);
  };

/** Sends it as an update and lets the room work. */
async function attack(bytes: Uint8Array): Promise<SimClient> {
  const mallory = await join({ clientId: MALLORY });
  mallory.send(encodeMessage({ kind: 'update', update: bytes }));
  await clock.advance(200);
  return mallory;
}

describe('updates that Yjs would not make', () => {
  const next = () => Y.getState(ada.doc.store, ada.doc.clientID);

  test('SY7: structs hidden under another’s clientID before a harmless second block of it reach nobody', async () => {
    const hidden = update([
      [ada.doc.clientID, next(), [text('EVIL!')]],
      [7, 0, [text('x')]],
      [ada.doc.clientID, 0, [gc(1)]],
    ]);
    expect((await attack(hidden)).closedBy).toEqual(CLOSES.malformed);
    await goesOn();
  });

  test('SY5: clientIDs in an order in which merging drops structs, also those of others, close the sender', async () => {
    const mallory = await attack(update([7, 8, MALLORY].map((client) => [client, 0, [text('x')]])));
    expect(mallory.closedBy).toEqual(CLOSES.malformed);
    await goesOn();
  });

  test('SY5: a struct without length under another’s clientID is not taken for an old one', async () => {
    const mallory = await attack(update([[ada.doc.clientID, next(), [text('')]]]));
    expect(mallory.closedBy).toEqual(CLOSES.malformed);
    await goesOn();
  });

  test('SY7: a clientID seen at another’s caret cannot be taken before its owner writes', async () => {
    const bob = await join({ device: 'device-b', clientId: 2_000 });
    bob.present({ cursor: { anchor: HERE, head: HERE } }, 1);
    await clock.advance(300);
    const mallory = await attack(update([[2_000, 0, [text('EVIL!')]]]));
    expect(mallory.closedBy).toEqual(CLOSES.foreignClientId);
    expect(rooms.stats().closes).toEqual(new Map([[CLOSES.foreignClientId.reason, 1]]));
    bob.type('mine ');
    await clock.advance(200);
    expect(bob.closedBy).toBeNull();
    expect(ada.text).toContain('mine');
    await goesOn();
  });

  test.each([
    ['a clock above what browsers can read', () => update([[MALLORY, 0, [gc(2 ** 53 - 1)]]])],
    ['clocks that sum up to it', () => update([[MALLORY, 0, [gc(2 ** 52), gc(2 ** 52)]]])],
    ['a clientID above 2^53', () => update([[2 ** 53 + 2, 0, [text('x')]]])],
    [
      'structs that wait for each other',
      () =>
        update([
          [MALLORY, 0, [text('a', [7, 0])]],
          [7, 0, [text('b', [MALLORY, 0])]],
        ]),
    ],
    ['a declared count without structs', () => new Uint8Array([1, 255, 255, 255, 255, 7, 1, 0])],
    ['a declared count of deletions', () => new Uint8Array([0, 1, 1, 255, 255, 255, 255, 7])],
    ['deeply nested values', () => update([[MALLORY, 0, [nested(100_000)]]])],
  ])('SY5: %s closes the sender', async (_, bytes) => {
    expect((await attack(bytes())).closedBy).toEqual(CLOSES.malformed);
    await goesOn();
  });

  test.each([
    ['a hole', () => update([[MALLORY, 0, [skip(5), text('x')]]])],
    ['a neighbour', () => update([[MALLORY, 0, [text('x', [4_242, 0])]]])],
    ['a deletion of what is not here', () => update([], [[4_242, 0, 2 ** 40]])],
    ['a deletion beyond the end', () => update([], [[ada.doc.clientID, 0, 2 ** 40]])],
  ])('SY6: an update with %s is held without being applied, then closed with 1013', async (_, bytes) => {
    const mallory = await join({ clientId: MALLORY, cranked: true });
    while (mallory.toServer.length > 0) mallory.deliverToServer();
    mallory.send(encodeMessage({ kind: 'update', update: bytes() }));
    mallory.deliverToServer();
    await clock.advance(200);
    expect(mallory.closedBy).toBeNull();
    await goesOn();
    await clock.advance(LIMITS.heldMs + 5_000);
    expect(mallory.closedBy).toEqual(CLOSES.gap);
    await goesOn();
  });

  test('SY6: held updates are looked at again twice, not at every sync-step-2', async () => {
    const mallory = await join({ clientId: MALLORY, cranked: true });
    const say = async (kind: 'update' | 'sync-step-2', bytes: Uint8Array): Promise<void> => {
      mallory.send(encodeMessage({ kind, update: bytes }));
      while (mallory.toServer.length > 0) mallory.deliverToServer();
      await clock.advance(50);
    };
    const empty = new Uint8Array([0, 0]);
    for (let i = 0; i < 20; i++) await say('update', update([[MALLORY, 0, [text('x', [4_242, 0])]]]));
    await say('sync-step-2', empty);
    expect(mallory.closedBy).toBeNull();
    await say('sync-step-2', empty);
    expect(mallory.closedBy).toEqual(CLOSES.gap);
    await goesOn();
  });

  test('SY5 twin: text, nesting, marks and undo of an ordinary editor pass the guard', async () => {
    const bob = await join({ device: 'device-b' });
    const note = bob.doc.getXmlFragment('note');
    const undo = new Y.UndoManager(note);
    const list = new Y.XmlElement('bulletList');
    const words = new Y.XmlText('one two');
    note.push([list]);
    list.push([words]);
    words.format(0, 3, { bold: {} });
    words.delete(2, 3);
    undo.undo();
    undo.redo();
    await clock.advance(200);
    expect(bob.closedBy).toBeNull();
    expect(ada.text).toBe(bob.text);
    await goesOn();
  });
});

/** A value inside arrays inside arrays. */
function nested(depth: number): Write {
  return (out) => {
    encoding.writeUint8(out, 8);
    encoding.writeVarUint(out, 1);
    encoding.writeVarString(out, 'note');
    encoding.writeVarUint(out, 1);
    for (let i = 0; i < depth; i++) {
      encoding.writeUint8(out, 117);
      encoding.writeVarUint(out, 1);
    }
    encoding.writeUint8(out, 126);
  };
}

test('ID6, SY4: a reader whose update begins with other bytes than usual writes nothing', async () => {
  const reader = await join({ canWrite: false });
  const bytes = update([[2_000, 0, [text('pwned')]]]);
  // An update, its type 0 in two bytes.
  reader.send(new Uint8Array([0x80, 0, 2, bytes.length, ...bytes]));
  await clock.advance(200);
  expect(ada.text).not.toContain('pwned');
  expect(reader.closedBy).not.toBeNull();
  await goesOn();
});

test('TX4: a note nested deeper than any stack stays readable', async () => {
  const mallory = await join({ clientId: MALLORY });
  mallory.doc.transact(() => {
    let parent: Y.XmlElement | Y.XmlFragment = mallory.doc.getXmlFragment('note');
    for (let i = 0; i < 20_000; i++) {
      const child = new Y.XmlElement('blockquote');
      parent.insert(0, [child]);
      parent = child;
    }
  });
  await clock.advance(200);
  expect(await rooms.view(noteId, (state) => readNote(state.doc))).not.toBeNull();
});

describe('too much', () => {
  test('SY17: frames that were on their way when reading stopped make the pause longer', async () => {
    const mallory = await join({ clientId: MALLORY });
    const query = encodeMessage({ kind: 'query-awareness' });
    for (let i = 0; i < LIMITS.frameBurst + 60 * LIMITS.framesPerSecond; i++) mallory.send(query);
    expect(mallory.paused).toBe(true);
    await clock.advance(55_000);
    expect(mallory.paused).toBe(true);
    await clock.advance(10_000);
    expect(mallory.paused).toBe(false);
    expect(mallory.closedBy).toBeNull();
    await goesOn();
  });

  test('SY17: sync-step-1 weighs many frames, as each may cost an encoding of the whole note', async () => {
    const mallory = await join({ clientId: MALLORY });
    for (let i = 0; i < 20; i++) {
      const stateVector = Y.encodeStateVector(new Map([[i, 1]]) as unknown as Y.Doc);
      mallory.send(encodeMessage({ kind: 'sync-step-1', stateVector }));
    }
    expect(mallory.paused).toBe(true);
    expect(mallory.closedBy).toBeNull();
    await goesOn();
  });

  test('SY17 twin: a peer may ask a few times in a row without waiting', async () => {
    const bob = await join({ device: 'device-b' });
    for (let i = 0; i < 4; i++)
      bob.send(encodeMessage({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(bob.doc) }));
    expect(bob.paused).toBe(false);
  });
});

describe('what costs more than it weighs', () => {
  /** Beside a text, structs with one left neighbour and each with a right one of its own: each is compared with all before it. */
  const crowded: Write[] = [
    text('a'.repeat(12_001)),
    ...Array.from({ length: 12_000 }, (_, i): Write => (out) => {
      encoding.writeUint8(out, 0x44);
      encoding.writeVarUint(out, MALLORY);
      encoding.writeVarUint(out, i + 1);
      encoding.writeVarString(out, 'b');
    }),
  ];
  test('SY19 (T18): 100 kB that would take half a minute to apply close their sender, and none of it stays', async () => {
    expect((await attack(update([[MALLORY, 0, crowded]]))).closedBy).toEqual(CLOSES.tooCostly);
    expect(ada.text).not.toContain('b');
    await goesOn();
  }, 60_000);

  test('SY19 twin: four thousand lines, pasted at once, are taken', async () => {
    const bob = await join({ device: 'device-b' });
    bob.doc.transact(() => {
      for (let i = 0; i < 4_000; i++) {
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [new Y.XmlText('a line')]);
        bob.doc.getXmlFragment('note').push([paragraph]);
      }
    });
    await clock.advance(200);
    expect(bob.closedBy).toBeNull();
    expect(ada.text).toBe(bob.text);
    await goesOn();
  }, 60_000);
});

describe('carets that would throw in the editors of others', () => {
  test.each([
    ['no ends', {}],
    ['numbers', { anchor: 1, head: 1 }],
    ['nothing', { anchor: null, head: null }],
    ['an empty position', { anchor: {}, head: {} }],
    ['a negative clock', { anchor: HERE, head: { item: { client: 1_000, clock: -1 } } }],
    ['half a clock', { anchor: HERE, head: { item: { client: 1_000, clock: 0.5 } } }],
    ['a list for an id', { anchor: { type: [] }, head: HERE }],
    ['a name that is none', { anchor: { tname: { toString: 1 } }, head: HERE }],
  ])('SY8: a caret with %s is not shown', async (_, cursor) => {
    const mallory = await join({ clientId: MALLORY });
    mallory.present({ cursor }, 1);
    await clock.advance(300);
    expect(ada.presence.get(MALLORY)).toBeUndefined();
    mallory.present({ cursor: { anchor: HERE, head: HERE } }, 2);
    await clock.advance(300);
    expect(JSON.parse(ada.presence.get(MALLORY)?.state ?? 'null')).toMatchObject({ cursor: { head: HERE } });
  });

  test('SY8 twin: the position of every place in a note is shown', async () => {
    const bob = await join({ device: 'device-b' });
    const words = bob.doc.getXmlFragment('note').get(0);
    if (!(words instanceof Y.XmlElement)) throw new Error('the note has no first block');
    for (const [i, place] of [bob.doc.getXmlFragment('note'), words].entries()) {
      const at = Y.createRelativePositionFromTypeIndex(place, place.length, -i);
      bob.present({ cursor: { anchor: at, head: at } }, i + 1);
      await clock.advance(300);
      expect(JSON.parse(ada.presence.get(bob.doc.clientID)?.state ?? 'null')).not.toBeNull();
    }
  });
});

test('SY18: a bug met in the write path costs the room its peers, is reported, and loses nothing', async () => {
  const bug = new Error('a bug');
  let armed = false;
  const closes: unknown[] = [];
  const fail = (): void => {
    if (armed) throw bug;
  };
  const bob = { send: fail, close: (close: unknown) => closes.push(close), pause: fail, resume: fail, queuedBytes: 0 };
  const { options } = ada;
  const actor = { id: 'device-b', name: 'Bob', organizer: false, loopback: true };
  const admission = {
    kind: 'admit' as const,
    noteId,
    actor,
    shownName: 'Bob',
    canWrite: true,
    acks: false,
    schema: null,
  };
  const connection = rooms.join(bob, admission);
  connection.receive(encodeMessage({ kind: 'sync-step-1', stateVector: new Uint8Array([0]) }));
  await clock.advance(200);
  armed = true;
  ada.type('kept ');
  await clock.advance(200);
  expect(reported).toEqual([bug]);
  expect(ada.closedBy).toEqual(CLOSES.cannotStore);
  expect(closes).toEqual([CLOSES.cannotStore]);
  connection.closed();
  reported = [];
  expect((await join({ ...options, clientId: 1_001 })).text).toContain('kept');
  expect(reported).toEqual([]);
});

test('I9: after 2,000 peers with carets have come and gone nothing of them is left', async () => {
  const before = rooms.stats();
  for (let i = 0; i < 2_000; i++) {
    const peer = new SimClient({ noteId, device: `device-${i}`, clientId: 10_000 + i });
    peer.connect(rooms);
    await settle();
    peer.present({ cursor: { anchor: HERE, head: HERE } }, 1);
    peer.cut();
  }
  await clock.advance(20_000);
  expect(rooms.stats()).toMatchObject({ rooms: before.rooms, peers: before.peers, writers: before.writers });
  const timers = clock.waiting;
  await clock.advance(60_000);
  expect(clock.waiting).toBeLessThanOrEqual(timers);
  expect(timers).toBeLessThan(10);
  await goesOn();
});

test('SY17: a full note takes no more text, also behind a deletion in the same window', async () => {
  rooms.close();
  await start({ ...LIMITS, noteBytes: 3_000 });
  const mallory = await join({ clientId: MALLORY });
  mallory.type('x'.repeat(4_000));
  await clock.advance(200);
  const letters = mallory.text.length;
  mallory.send(encodeMessage({ kind: 'update', update: update([], [[MALLORY, 2_000, 1]]) }));
  mallory.send(encodeMessage({ kind: 'update', update: update([[7_777, 0, [text('y'.repeat(2_000))]]]) }));
  await clock.advance(200);
  expect(mallory.closedBy).toEqual(CLOSES.tooLarge);
  expect(ada.text.length).toBe(letters - 1);
  expect(ada.closedBy).toBeNull();
});

test('SY17 twin: a note that was full and was emptied takes text again', async () => {
  rooms.close();
  await start({ ...LIMITS, noteBytes: 3_000 });
  const bob = await join({ device: 'device-b' });
  bob.type('x'.repeat(4_000));
  await clock.advance(200);
  const note = bob.doc.getXmlFragment('note');
  bob.doc.transact(() => note.delete(0, note.length));
  bob.type('again');
  await clock.advance(200);
  expect(bob.closedBy).toBeNull();
  expect(ada.text).toContain('again');
});

test('SY17: one update may bring a thousand new clientIDs and no more', async () => {
  const crowd = (from: number, count: number) =>
    update(Array.from({ length: count }, (_, i) => [from - i, 0, [text('x')]]));
  expect((await attack(crowd(100_000, 1_001))).closedBy).toEqual(CLOSES.tooLarge);
  expect((await attack(crowd(200_000, 1_000))).closedBy).toBeNull();
  await goesOn();
});
