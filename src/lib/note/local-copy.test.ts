import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { FROM_COPY, KEEP_PATIENCE_MS, LocalCopy } from './local-copy.ts';
import { HandClock } from './testing/hand-clock.ts';

let indexedDB: IDBFactory;
let visits: Visit[];

beforeEach(() => {
  indexedDB = new IDBFactory();
  visits = [];
});

afterEach(async () => {
  for (const visit of visits) await visit.copy.close();
});

/** One tab with the note open: a document whose own changes are kept, as the note does it. */
class Visit {
  readonly doc = new Y.Doc();
  readonly clock = new HandClock();
  readonly copy: LocalCopy;
  readonly keeping: Promise<void>[] = [];
  #changes = 0;
  unsent = 0;

  constructor(noteId: string, factory: IDBFactory | null) {
    visits.push(this);
    const { doc, clock } = this;
    this.copy = new LocalCopy({ noteId, doc, clock, indexedDB: factory, changed: () => undefined });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'server') this.copy.keepOthers(update);
      else if (origin !== FROM_COPY) this.keeping.push(this.copy.keep(update, ++this.#changes));
    });
  }

  async load(): Promise<this> {
    ({ unsent: this.unsent } = await this.copy.load());
    this.#changes = this.unsent;
    return this;
  }

  get text(): string {
    return this.doc.getText('note').toJSON();
  }

  async type(text: string): Promise<void> {
    this.doc.getText('note').insert(this.text.length, text);
    await Promise.all(this.keeping);
  }
}

const visit = (noteId = 'n.1', factory: IDBFactory | null = indexedDB): Promise<Visit> =>
  new Visit(noteId, factory).load();

test('CL5: what was typed is there after a reload, with the number of changes the server never acked', async () => {
  const first = await visit();
  await first.type('a');
  await first.type('b');
  const second = await visit();
  expect([second.text, second.unsent, second.copy.state]).toEqual(['ab', 2, 'kept']);
});

test('CL1: acked changes are no longer unsent, later ones still are', async () => {
  const first = await visit();
  await first.type('a');
  await first.type('b');
  first.copy.saved(1);
  await first.copy.close();
  const second = await visit();
  expect([second.text, second.unsent]).toEqual(['ab', 1]);
  second.copy.saved(1);
  await second.copy.close();
  expect((await visit()).unsent).toBe(0);
});

test('CL1: a change acked before this browser had written it does not count as unsent', async () => {
  const first = await visit();
  first.doc.getText('note').insert(0, 'fast');
  first.doc.getText('note').insert(0, 'er ');
  first.copy.saved(2);
  await first.copy.close();
  expect((await visit()).unsent).toBe(0);
});

test('CL6: another epoch is another database', async () => {
  await (await visit('n.1')).type('old history');
  const other = await visit('n.2');
  expect([other.text, other.unsent]).toEqual(['', 0]);
});

test('CL1: an own change never goes in without what it rests on', async () => {
  const writer = new Y.Doc();
  writer.getText('note').insert(0, 'theirs ');
  const first = await visit();
  Y.applyUpdate(first.doc, Y.encodeStateAsUpdate(writer), 'server');
  await first.type('mine');
  const second = await visit();
  expect([second.text, second.doc.store.pendingStructs, second.unsent]).toEqual(['theirs mine', null, 1]);
});

test('CL1: others’ changes are written together, within a second', async () => {
  const writer = new Y.Doc();
  const first = await visit();
  writer.on('update', (update: Uint8Array) => Y.applyUpdate(first.doc, update, 'server'));
  for (let i = 0; i < 20; i++) writer.getText('note').insert(0, 'x');
  first.clock.advance(1_000);
  await first.copy.close();
  expect((await visit()).text).toBe('x'.repeat(20));
});

test('CL5: the first text from the server is kept at once, so that a reload a moment later has it', async () => {
  const writer = new Y.Doc();
  writer.getText('note').insert(0, 'the note');
  Y.applyUpdate((await visit()).doc, Y.encodeStateAsUpdate(writer), 'server');
  expect((await visit()).text).toBe('the note');
});

test('CL1: two tabs of one browser write into one copy, and merging its rows loses neither', async () => {
  const [a, b] = [await visit(), await visit()];
  for (let i = 0; i < 450; i++) {
    a.doc.getText('note').insert(0, 'a');
    await a.keeping.at(-1);
    if (i % 50 === 0) await b.type('b');
  }
  await Promise.all([a.copy.close(), b.copy.close()]);
  const next = await visit();
  expect([...next.text].filter((letter) => letter === 'a')).toHaveLength(450);
  expect([...next.text].filter((letter) => letter === 'b')).toHaveLength(9);
  expect(next.unsent).toBe(459);
  // The rows were merged at load; the copy of the copy is the same.
  expect((await visit()).text).toBe(next.text);
});

test('CL1: a tab that merges at load does not drop what the other writes meanwhile', async () => {
  const a = await visit();
  await a.type('1');
  await a.type('2');
  const typing = (async () => {
    for (let i = 0; i < 30; i++) await a.type(String(i % 10));
  })();
  await Promise.all([visit(), typing]);
  await visit();
  expect((await visit()).text).toBe(a.text);
});

test('CL2: a browser without IndexedDB says so, and keeps nothing back from the server', async () => {
  const tab = await visit('n.1', null);
  await tab.type('a');
  expect([tab.copy.state, tab.text]).toEqual(['missing', 'a']);
});

test('CL2: a full browser is a state, changes go on to the server, and the copy has no hole when there is room again', async () => {
  const tab = await visit();
  const room = fillUp();
  await tab.type('does not fit ');
  expect(tab.copy.state).toBe('full');
  room.free();
  await tab.type('fits');
  expect([tab.copy.state, (await visit()).text]).toEqual(['kept', 'does not fit fits']);
});

test('CL1: a browser that does not answer keeps text from the server for a second at most', async () => {
  const tab = await visit();
  tab.doc.getText('note').insert(0, 'a');
  let sent = false;
  const keeping = tab.keeping[0]?.then(() => (sent = true));
  tab.clock.advance(KEEP_PATIENCE_MS);
  await Promise.resolve();
  await Promise.resolve();
  expect(sent).toBe(true);
  await keeping;
});

/** Makes every write fail as a browser out of quota does: the transaction is rolled back with QuotaExceededError. */
function fillUp(): { free(): void } {
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (this: IDBObjectStore) {
    throw new DOMException('no room', 'QuotaExceededError');
  };
  return {
    free: () => {
      IDBObjectStore.prototype.add = add;
    },
  };
}
