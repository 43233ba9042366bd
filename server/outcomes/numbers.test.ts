import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { NOTE_FRAGMENT } from '#core/note/schema.ts';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { oneEvent } from '../../tests/support/one-event.ts';
import {
  addOutcome,
  ids,
  outcomeElement,
  outcomeId,
  outcomes,
  removeOutcome,
  shorts,
} from '../../tests/support/outcomes.ts';
import { SimClient, type SimClientOptions } from '../../tests/support/sim-client.ts';
import { memoryStore } from '../store/memory.ts';
import { emptyDisk, type MemoryDisk } from '../store/memory/disk.ts';
import { StoreError } from '../store/log.ts';
import type { Store } from '../store/store.ts';
import { LIMITS } from '../sync/limits.ts';
import { Rooms } from '../sync/rooms.ts';
import { OUTCOME_LIMITS } from './limits.ts';
import { OutcomeNumbers } from './numbers.ts';

/** Where the server's own clientIDs begin. */
const OWN = 7_000_000;

let clock: FakeClock;
let disk: MemoryDisk;
let store: Store;
let rooms: Rooms;
let numbers: OutcomeNumbers;
let notes: string[];
let broken: StoreError | null;
let edits: number;
let fresh: number;
let reported: unknown[];

/** A server on what the last one had committed. */
function startServer(): void {
  const commit = (): Promise<void> => (broken ? Promise.reject(broken) : Promise.resolve());
  store = memoryStore({ clock, commit, disk });
  rooms = new Rooms({
    log: store.log,
    clock,
    limits: LIMITS,
    onOutcomes: (noteId) => numbers.touched(noteId),
    newClientId: () => OWN + ++fresh,
    report: (error) => reported.push(error),
  });
  numbers = new OutcomeNumbers({
    rooms: {
      view: (noteId, read) => rooms.view(noteId, read),
      edit: (...given) => (edits++, rooms.edit(...given)),
    },
    tables: store.outcomes,
    clock,
    newId: () => outcomeId(`fresh${++fresh}`),
    report: (error) => reported.push(error),
  });
}

function stopServer(): void {
  numbers.stop();
  rooms.close();
}

async function join(options: Partial<SimClientOptions> = {}): Promise<SimClient> {
  const client = new SimClient({ noteId: notes[0] ?? '', ...options });
  client.connect(rooms);
  await clock.advance(200);
  return client;
}

/** Until numbers are given and rest. */
const numbered = () => clock.advance(3 * OUTCOME_LIMITS.numberAfter);

beforeEach(async () => {
  clock = new FakeClock();
  disk = emptyDisk();
  broken = null;
  edits = 0;
  fresh = 0;
  reported = [];
  notes = await oneEvent(memoryStore({ clock, disk }), 3);
  startServer();
});
afterEach(() => {
  stopServer();
  expect(reported).toEqual([]);
});

describe('OU6: short ids', () => {
  test('OU6: an outcome has its short id a moment after its commit, seen by all, ours and stock alike', async () => {
    const [ada, bob] = [await join({ acks: true, clientId: 1001 }), await join({ device: 'device-b', clientId: 1002 })];
    addOutcome(ada.doc, { id: outcomeId(1), kind: 'decision' });
    addOutcome(bob.doc, { id: outcomeId(2), kind: 'gap' });
    await numbered();
    expect(shorts(ada.doc).toSorted()).toEqual(['TEST26-D1', 'TEST26-G2']);
    expect(bob.text).toBe(ada.text);
    expect((await join({ device: 'late' })).text).toBe(ada.text);
    expect(ada.acked).toBe(ada.sent);
    expect(edits).toBe(1);
  });

  test('OU6, SY2: nobody sees a number that is not on disk, in the store and in the note', async () => {
    const ada = await join();
    addOutcome(ada.doc, { id: outcomeId(1) });
    await clock.advance(100);
    broken = new StoreError('disk-full', 'the disk is full');
    await clock.advance(3_000);
    expect([shorts(ada.doc), disk.outcomes]).toEqual([[''], []]);
    broken = null;
    await clock.advance(OUTCOME_LIMITS.retry);
    await numbered();
    expect(shorts(ada.doc)).toEqual(['TEST26-A1']);
  });

  test('OU6: typing asks for no numbers, in an outcome neither', async () => {
    const ada = await join();
    addOutcome(ada.doc, { id: outcomeId(1) });
    await numbered();
    let views = 0;
    const view = rooms.view.bind(rooms);
    rooms.view = (noteId, read) => (views++, view(noteId, read));
    ada.type('word');
    const text = outcomes(ada.doc)[0]?.get(0) as Y.XmlText;
    text.insert(0, 'more ');
    text.format(0, 4, { bold: {} });
    text.delete(0, 2);
    await numbered();
    expect(views).toBe(0);
    outcomes(ada.doc)[0]?.setAttribute('state', 'done');
    await numbered();
    expect([views, edits]).toEqual([1, 1]);
  });

  test('OU6: what is taken back at once uses no number up', async () => {
    const ada = await join();
    addOutcome(ada.doc, { id: outcomeId(1) });
    await clock.advance(OUTCOME_LIMITS.numberAfter / 2);
    removeOutcome(ada.doc, 0);
    await numbered();
    expect(disk.outcomes).toEqual([]);
  });

  test('OU6: the letter is of the first kind for ever, and the counter never falls', async () => {
    const ada = await join();
    addOutcome(ada.doc, { id: outcomeId(1), kind: 'question' });
    await numbered();
    outcomes(ada.doc)[0]?.setAttribute('kind', 'action');
    await numbered();
    expect(shorts(ada.doc)).toEqual(['TEST26-Q1']);
    removeOutcome(ada.doc, 0);
    addOutcome(ada.doc, { id: outcomeId(2), kind: 'nonsense' });
    await numbered();
    expect(shorts(ada.doc)).toEqual(['TEST26-G2']);
  });

  test('OU6: undo and redo give the same short id, and so does bringing the outcome back by hand', async () => {
    const ada = await join();
    const undo = new Y.UndoManager(ada.doc.getXmlFragment(NOTE_FRAGMENT), { captureTimeout: 0 });
    addOutcome(ada.doc, { id: outcomeId(1) });
    await numbered();
    for (const step of ['undo', 'redo', 'undo'] as const) {
      undo[step]();
      await numbered();
      expect(shorts(ada.doc)).toEqual(step === 'redo' ? ['TEST26-A1'] : []);
    }
    addOutcome(ada.doc, { id: outcomeId(1), kind: 'gap', short: 'TEST26-G9' });
    await numbered();
    expect(shorts(ada.doc)).toEqual(['TEST26-A1']);
    expect(disk.outcomes).toHaveLength(1);
  });

  test('OU6: two who make outcomes offline have two numbers', async () => {
    const [ada, bob] = [await join(), await join({ device: 'device-b' })];
    ada.cut();
    bob.cut();
    addOutcome(ada.doc, { id: outcomeId(1) });
    addOutcome(bob.doc, { id: outcomeId(2) });
    ada.connect(rooms);
    await clock.advance(200);
    bob.connect(rooms);
    await numbered();
    expect(shorts(ada.doc).toSorted()).toEqual(['TEST26-A1', 'TEST26-A2']);
    expect(bob.text).toBe(ada.text);
  });

  test('OU6: a short id that was made up, or is another’s, is set right; the own one is left alone', async () => {
    const ada = await join();
    addOutcome(ada.doc, { id: outcomeId(1), short: 'TEST26-D77' });
    addOutcome(ada.doc, { id: outcomeId(2), short: 'OTHER-A1' });
    await numbered();
    expect(shorts(ada.doc)).toEqual(['TEST26-A1', 'TEST26-A2']);
    outcomes(ada.doc)[1]?.setAttribute('short', 'TEST26-A1');
    await numbered();
    expect(shorts(ada.doc)).toEqual(['TEST26-A1', 'TEST26-A2']);
    outcomes(ada.doc)[1]?.setAttribute('short', 'TEST26-A2');
    await numbered();
    expect(edits).toBe(2);
  });

  test('OU6: killed between store and note, or before both, the outcome gets its one number after the restart', async () => {
    const ada = await join();
    addOutcome(ada.doc, { id: outcomeId(1) });
    await clock.advance(100);
    stopServer();
    ada.serverDied();
    startServer();
    await store.outcomes.number(notes[0] ?? '', [{ id: outcomeId(1), letter: 'A' }]);
    ada.connect(rooms);
    await numbered();
    expect([shorts(ada.doc), disk.outcomes.length]).toEqual([['TEST26-A1'], 1]);
    stopServer();
    ada.serverDied();
    startServer();
    ada.connect(rooms);
    addOutcome(ada.doc, { id: outcomeId(2) });
    await numbered();
    expect([shorts(ada.doc), edits]).toEqual([['TEST26-A1', 'TEST26-A2'], 2]);
  });

  test('OU6, SY7: the server’s own clientID is taken: a peer that writes under it is closed', async () => {
    const [ada, mallory] = [await join(), await join({ device: 'device-m' })];
    addOutcome(ada.doc, { id: outcomeId(1) });
    await numbered();
    const clientIds = [...Y.decodeStateVector(Y.encodeStateVector(ada.doc)).keys()];
    mallory.doc.clientID = clientIds.find((clientId) => clientId > OWN && clientId < OWN + 1_000) ?? 0;
    addOutcome(mallory.doc, { id: outcomeId(9) });
    await clock.advance(100);
    expect(mallory.closedBy?.reason).toBe('foreign-client-id');
    addOutcome(ada.doc, { id: outcomeId(2) });
    await numbered();
    expect(shorts(ada.doc)).toEqual(['TEST26-A1', 'TEST26-A2']);
  });
});

describe('OU5: one id, one outcome', () => {
  test('OU5: of two with one id in a note the first keeps it, the other gets id and number of its own, once', async () => {
    const ada = await join();
    addOutcome(ada.doc, { id: outcomeId(1) });
    await numbered();
    addOutcome(ada.doc, { id: outcomeId(1), short: 'TEST26-A1', kind: 'gap' });
    await numbered();
    expect(shorts(ada.doc)).toEqual(['TEST26-A1', 'TEST26-G2']);
    expect(new Set(ids(ada.doc)).size).toBe(2);
    outcomes(ada.doc)[1]?.setAttribute('state', 'open');
    await numbered();
    expect([edits, disk.outcomes.length]).toEqual([2, 2]);
  });

  test('OU5: undo and redo of a paste that got its own id do not number anew', async () => {
    const ada = await join();
    addOutcome(ada.doc, { id: outcomeId(1) });
    await numbered();
    const undo = new Y.UndoManager(ada.doc.getXmlFragment(NOTE_FRAGMENT), { captureTimeout: 0 });
    addOutcome(ada.doc, { id: outcomeId(1) });
    await numbered();
    undo.undo();
    await numbered();
    undo.redo();
    await numbered();
    expect(shorts(ada.doc)).toEqual(['TEST26-A1', 'TEST26-A2']);
    expect(disk.outcomes).toHaveLength(2);
  });

  test('OU5: a copy in another note gets id and number of its own, also when that note is not open', async () => {
    const ada = await join();
    addOutcome(ada.doc, { id: outcomeId(1) });
    await numbered();
    ada.cut();
    await clock.advance(60_000);
    const bob = await join({ noteId: notes[1] ?? '' });
    addOutcome(bob.doc, { id: outcomeId(1), short: 'TEST26-A1' });
    await numbered();
    expect(shorts(bob.doc)).toEqual(['TEST26-A2']);
    expect(ids(bob.doc)).not.toEqual([outcomeId(1)]);
    expect(await store.outcomes.find('TEST26-A1')).toMatchObject({ sessionSlug: 'session-0' });
  });

  test('OU5, OU7: cut there and pasted here it keeps id and number, and is found here', async () => {
    const [ada, bob] = [await join(), await join({ noteId: notes[1] ?? '' })];
    addOutcome(ada.doc, { id: outcomeId(1) });
    await numbered();
    removeOutcome(ada.doc, 0);
    addOutcome(bob.doc, { id: outcomeId(1), short: 'TEST26-A1' });
    await numbered();
    expect([shorts(bob.doc), ids(bob.doc)]).toEqual([['TEST26-A1'], [outcomeId(1)]]);
    expect(await store.outcomes.find('TEST26-A1')).toMatchObject({ sessionSlug: 'session-1' });
    expect(edits).toBe(1);
  });
});

describe('OU6: hostile outcomes', () => {
  test.each([
    ['too long', 'a'.repeat(100_000)],
    ['too short', 'abc'],
    ['in other letters', 'A'.repeat(26)],
    ['empty', ''],
    ['a number', 7],
    ['an object', { id: outcomeId(1) }],
    ['missing', undefined],
  ])('OU6: an id that is %s is replaced, and nobody loses the text', async (_, id) => {
    const ada = await join();
    const element = outcomeElement({ id: '', text: 'kept' });
    if (id === undefined) element.removeAttribute('id');
    else element.setAttribute('id', id as string);
    ada.doc.getXmlFragment(NOTE_FRAGMENT).push([element]);
    await numbered();
    expect(shorts(ada.doc)).toEqual(['TEST26-A1']);
    expect(ids(ada.doc)[0]).toMatch(/^[0-9a-z]{26}$/);
    expect(outcomes(ada.doc)[0]?.toString()).toContain('kept');
  });

  test('OU6: of 10,000 in one update the first are numbered, the others stay, and other notes go on', async () => {
    const [mallory, ada] = [await join({ device: 'device-m' }), await join({ noteId: notes[1] ?? '' })];
    const many = Array.from({ length: 10_000 }, (_, n) => {
      const element = new Y.XmlElement('outcome');
      element.setAttribute('id', outcomeId(n));
      return element;
    });
    mallory.doc.getXmlFragment(NOTE_FRAGMENT).insert(1, many);
    await numbered();
    addOutcome(ada.doc, { id: outcomeId('honest') });
    await numbered();
    expect(shorts(ada.doc)).toEqual([`TEST26-A${OUTCOME_LIMITS.perNote + 1}`]);
    expect(mallory.closedBy).toBeNull();
    const given = shorts(mallory.doc);
    expect(given.slice(0, OUTCOME_LIMITS.perNote)).not.toContain('');
    expect(new Set(given.slice(OUTCOME_LIMITS.perNote))).toEqual(new Set([undefined]));
  });
});
