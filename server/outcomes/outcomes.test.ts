import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { oneEvent } from '../../tests/support/one-event.ts';
import { addOutcome, outcomeId, outcomes as elements, removeOutcome } from '../../tests/support/outcomes.ts';
import { SimClient } from '../../tests/support/sim-client.ts';
import { createNotes } from '../notes.ts';
import { memoryStore } from '../store/memory.ts';
import { emptyDisk, type MemoryDisk } from '../store/memory/disk.ts';
import { readOutcomes } from '../store/read-outcomes.ts';
import type { Store } from '../store/store.ts';
import { LIMITS } from '../sync/limits.ts';
import { Rooms } from '../sync/rooms.ts';
import { OUTCOME_LIMITS } from './limits.ts';
import { Outcomes } from './outcomes.ts';

let clock: FakeClock;
let disk: MemoryDisk;
let store: Store;
let rooms: Rooms;
let outcomes: Outcomes;
let notes: string[];
let indexed: string[];
let read: string[];

function startServer(): void {
  store = memoryStore({ clock, disk });
  rooms = new Rooms({
    log: store.log,
    clock,
    limits: LIMITS,
    onOutcomes: (noteId) => outcomes.mayHave(noteId),
    onCommit: (noteId) => outcomes.changed(noteId),
  });
  const service = createNotes(rooms);
  const { tables } = { tables: store.outcomes };
  outcomes = new Outcomes({
    tables: {
      find: (short) => tables.find(short),
      index: (noteId) => (indexed.push(noteId), tables.index(noteId)),
      indexed: (slug) => tables.indexed(slug),
    },
    events: store.events,
    notes: { read: (noteId) => (read.push(noteId), service.read(noteId)) },
    rooms,
    clock,
    report: (error) => {
      throw error;
    },
  });
}

function stopServer(): void {
  outcomes.stop();
  rooms.close();
}

async function join(note = 0): Promise<SimClient> {
  const client = new SimClient({ noteId: notes[note] ?? '', device: `device-${note}` });
  client.connect(rooms);
  await clock.advance(200);
  return client;
}

const texts = async () => (await outcomes.ofEvent('test-event')).map((one) => one.outcomes.map(({ text }) => text));
const kept = async () =>
  (await store.outcomes.indexed('test-event')).map((one) => one.outcomes.map(({ text }) => text));
const caughtUp = () => clock.advance(OUTCOME_LIMITS.indexAfter + 500);

beforeEach(async () => {
  clock = new FakeClock();
  disk = emptyDisk();
  indexed = [];
  read = [];
  notes = await oneEvent(memoryStore({ clock, disk }), 3);
  startServer();
});
afterEach(stopServer);

describe('OU8: the index of outcomes', () => {
  test('OU8: who asks gets what the notes say now; the index follows, once for all that was written', async () => {
    const [ada, bob] = [await join(0), await join(1)];
    addOutcome(ada.doc, { id: outcomeId(1), text: 'one' });
    addOutcome(ada.doc, { id: outcomeId(2), text: 'two' });
    bob.type('words');
    await clock.advance(100);
    expect([await texts(), await kept()]).toEqual([
      [['one', 'two'], [], []],
      [[], [], []],
    ]);
    elements(ada.doc)[0]?.setAttribute('kind', 'gap');
    await caughtUp();
    expect([await texts(), await kept()]).toEqual([
      [['one', 'two'], [], []],
      [['one', 'two'], [], []],
    ]);
    expect(indexed).toEqual([notes[0], notes[2]]);
    removeOutcome(ada.doc, 0);
    await clock.advance(100);
    expect([await texts(), await kept()]).toEqual([
      [['two'], [], []],
      [['one', 'two'], [], []],
    ]);
    await caughtUp();
    expect(await kept()).toEqual([['two'], [], []]);
  });

  test('OU8: a note without outcomes costs nothing when it is written in, one with them is read when it is newer alone', async () => {
    const [ada, bob] = [await join(0), await join(1)];
    addOutcome(ada.doc, { id: outcomeId(1), text: 'one' });
    bob.type('words');
    await caughtUp();
    await texts();
    expect(read).toEqual([notes[2]]);
    ada.type('words');
    await clock.advance(100);
    await texts();
    expect(read).toEqual([notes[2], notes[0]]);
    await caughtUp();
    expect(indexed).toEqual([notes[0], notes[2], notes[0]]);
  });

  test('OU8, LO6: after a crash before the index was written, the outcomes are those of the note, and the index catches up', async () => {
    const ada = await join(0);
    addOutcome(ada.doc, { id: outcomeId(1), text: 'one' });
    await clock.advance(100);
    stopServer();
    startServer();
    expect([await texts(), await kept()]).toEqual([
      [['one'], [], []],
      [[], [], []],
    ]);
    await caughtUp();
    expect(await kept()).toEqual([['one'], [], []]);
  });

  test('OU8: made anew, the index is what the notes say, whatever it said before', async () => {
    const ada = await join(0);
    addOutcome(ada.doc, { id: outcomeId(1), text: 'one' });
    await clock.advance(100);
    const note = [...disk.notes.values()][0];
    if (note) note.outcomes = { seq: note.headSeq, outcomes: [] };
    expect(await texts()).toEqual([[], [], []]);
    expect(await outcomes.rebuild()).toEqual({ notes: 3, outcomes: 1, unreadable: [] });
    expect(await kept()).toEqual([['one'], [], []]);
    expect(note?.outcomes.outcomes).toEqual(readOutcomes(null, note?.rows.map((row) => row.bytes) ?? []));
  });

  test('OU8, LO5: a damaged note is left out by name and stops no other', async () => {
    const [ada, bob] = [await join(0), await join(1)];
    addOutcome(ada.doc, { id: outcomeId(1), text: 'one' });
    addOutcome(bob.doc, { id: outcomeId(2), text: 'two' });
    await caughtUp();
    ada.type('newer');
    await clock.advance(100);
    stopServer();
    startServer();
    const row = [...disk.notes.values()][0]?.rows.at(-1);
    if (row) row.bytes = row.bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte));
    expect(await texts()).toEqual([['one'], ['two'], []]);
    expect(await outcomes.rebuild()).toEqual({ notes: 2, outcomes: 1, unreadable: ['test-event/session-0'] });
  });

  test('OU8: there are none of an event that is not there', async () => {
    expect(await outcomes.ofEvent('nothing')).toEqual([]);
  });
});
