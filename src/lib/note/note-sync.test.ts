import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSES } from '#core/wire/closes.ts';
import type { Here } from '#core/wire/messages.ts';
import { RETRY_MAX_MS } from './backoff.ts';
import { findLeftovers } from './leftover.ts';
import { KEEP_PATIENCE_MS, LocalCopy } from './local-copy.ts';
import { NoteSync, syncUrl } from './note-sync.ts';
import type { Platform } from './platform.ts';
import type { SaveState } from './save-state.ts';
import { HandNetwork } from './testing/hand-network.ts';

let network: HandNetwork;
let tabs: Tab[];

beforeEach(() => {
  network = new HandNetwork();
  network.doc.getText('note').insert(0, 'template ');
  tabs = [];
});

afterEach(async () => {
  for (const tab of tabs) await tab.sync.close();
  network.doc.destroy();
});

/** One open note, with everything it ever said of itself. */
class Tab {
  readonly states: SaveState[] = [];
  readonly heres: Here[] = [];
  ready = 0;
  facts = 0;
  /** Text of others is in the way. */
  busy = false;
  readonly sync: NoteSync;

  constructor(parts: Partial<Platform> = {}) {
    this.sync = new NoteSync({
      noteId: 'n.1',
      url: syncUrl('http://127.0.0.1:3000', 'n.1', 1),
      platform: network.platform(parts),
      on: {
        state: (state) => this.states.push(state),
        ready: () => this.ready++,
        here: (here) => this.heres.push(here),
        factsChanged: () => this.facts++,
        beforeOthers: () => !this.busy,
      },
    });
    tabs.push(this);
  }

  get state(): SaveState | undefined {
    return this.states.at(-1);
  }

  get text(): string {
    return this.sync.doc.getText('note').toJSON();
  }

  type(text: string): void {
    const note = this.sync.doc.getText('note');
    note.insert(note.length, text);
  }
}

/** A change goes out a promise later: when this browser has kept it. */
async function kept(): Promise<void> {
  await Promise.resolve();
  await Promise.resolve();
}

/** Everything asked of the copy before this is on its disk. */
async function written(indexedDB: IDBFactory): Promise<void> {
  const copy = new LocalCopy({
    noteId: 'n.1',
    doc: new Y.Doc(),
    indexedDB,
    clock: network.clock,
    changed: () => undefined,
  });
  await copy.load();
  await copy.close();
}

async function open(parts?: Partial<Platform>): Promise<Tab> {
  const tab = new Tab(parts);
  await tab.sync.start();
  network.crank();
  return tab;
}

const serverText = (): string => network.doc.getText('note').toJSON();

test('SY1: the address names the note and the schema this code knows', () => {
  expect(syncUrl('https://notes.example', 'abc.2', 3)).toBe('wss://notes.example/sync/abc.2?schema=3');
});

test('CL2: opening, then saved; the editor may open once the server’s text is here', async () => {
  const tab = new Tab();
  await tab.sync.start();
  expect([tab.state?.kind, tab.ready]).toEqual(['opening', 0]);
  network.crank();
  expect([tab.state, tab.ready, tab.text]).toEqual([{ kind: 'saved', at: network.clock.now() }, 1, 'template ']);
});

test('ED1: the server answers in two frames: nothing is shown before the second', async () => {
  const tab = new Tab();
  await tab.sync.start();
  const { doc } = network;
  const base = Y.encodeStateAsUpdate(doc);
  doc.getText('note').insert(9, 'and the rest');
  network.crank();
  const again = new Tab();
  await again.sync.start();
  const socket = network.sockets[1];
  if (!socket) throw new Error('no socket');
  socket.open = true;
  socket.onopen?.(undefined as never);
  socket.up.length = 0;
  socket.down.push({ kind: 'sync-step-2', update: base });
  socket.down.push({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(doc) });
  network.crank();
  expect([again.text, again.ready, again.state?.kind]).toEqual(['template ', 0, 'opening']);
  socket.down.push({ kind: 'update', update: Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(base)) });
  network.crank();
  expect([again.text, again.ready, again.state?.kind]).toEqual(['template and the rest', 1, 'saved']);
});

test('CL1: the note as the server sent it first is in this browser’s copy, and what came after it', async () => {
  const indexedDB = new IDBFactory();
  const tab = await open({ indexedDB });
  const before = Y.encodeStateVector(network.doc);
  network.doc.getText('note').insert(9, 'and more');
  network.sockets[0]?.down.push({ kind: 'update', update: Y.encodeStateAsUpdate(network.doc, before) });
  network.crank();
  await tab.sync.close();
  const doc = new Y.Doc();
  const copy = new LocalCopy({ noteId: 'n.1', doc, indexedDB, clock: network.clock, changed: () => undefined });
  await copy.load();
  await copy.close();
  expect([tab.text, doc.getText('note').toJSON()]).toEqual(['template and more', 'template and more']);
});

test('CL1: what others wrote and came before the server’s answer is in this browser’s copy too', async () => {
  const indexedDB = new IDBFactory();
  const { doc } = network;
  const base = Y.encodeStateAsUpdate(doc);
  doc.getText('note').insert(9, 'and the rest');
  const tab = new Tab({ indexedDB });
  await tab.sync.start();
  const [socket] = network.sockets;
  if (!socket) throw new Error('no socket');
  socket.open = true;
  socket.onopen?.(undefined as never);
  socket.up.length = 0;
  socket.down.push({ kind: 'update', update: Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(base)) });
  socket.down.push({ kind: 'sync-step-2', update: base });
  socket.down.push({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(doc) });
  network.crank();
  await tab.sync.close();
  const kept = new Y.Doc();
  const copy = new LocalCopy({ noteId: 'n.1', doc: kept, indexedDB, clock: network.clock, changed: () => undefined });
  await copy.load();
  await copy.close();
  expect([tab.text, kept.getText('note').toJSON()]).toEqual(['template and the rest', 'template and the rest']);
});

test('CL2: a change is not saved before its ack: writing at once, saving after 400 ms, then saved with the time', async () => {
  const tab = await open();
  const at = network.clock.now();
  network.acking = false;
  tab.type('a');
  await kept();
  expect(tab.state).toEqual({ kind: 'writing', changes: 1, at });
  network.pass(399);
  expect(tab.state?.kind).toBe('writing');
  network.pass(1);
  expect(tab.state).toEqual({ kind: 'saving', changes: 1 });
  network.sockets[0]?.down.push({ kind: 'ack', count: network.sockets[0].counted });
  network.crank();
  expect(tab.state).toEqual({ kind: 'saved', at: at + 400 });
});

test('CL2: saved is not said while an earlier frame is acked and a later one is not', async () => {
  const tab = await open();
  network.acking = false;
  tab.type('a');
  tab.type('b');
  await kept();
  network.crank();
  network.sockets[0]?.down.push({ kind: 'ack', count: network.sockets[0].counted - 1 });
  network.crank();
  expect(tab.state).toMatchObject({ kind: 'writing', changes: 1 });
});

test('CL2: saved is not said while the empty answer after a reconnect is unacked', async () => {
  const tab = await open();
  network.acking = false;
  network.closeAll();
  network.pass(600);
  expect([network.sockets.length, tab.state?.kind]).toEqual([2, 'writing']);
});

test('CL1: the answer after a reconnect waits until this browser has kept what it carries', async () => {
  const indexedDB = new IDBFactory();
  const tab = new Tab({ indexedDB });
  await tab.sync.start();
  network.crank();
  network.closeAll();
  tab.type('kept first');
  // All in one turn of the event loop: the browser has had no chance to write.
  network.pass(900);
  expect([network.live.length, serverText()]).toEqual([1, 'template ']);
  // The note that came from the server is written first, then what was typed.
  await written(indexedDB);
  await written(indexedDB);
  network.crank();
  expect(serverText()).toBe('template kept first');
});

test('CL2: acks stop: not saved within 8 s, with the count, and a new connection', async () => {
  const tab = await open();
  network.stalled = true;
  tab.type('a');
  tab.type('b');
  await kept();
  network.pass(7_999);
  expect(tab.state).toMatchObject({ kind: 'not-saved', changes: 2, why: 'no-answer', kept: 'tab' });
  expect(network.sockets[0]?.closed).toBe(true);
  network.stalled = false;
  network.pass(1_000);
  expect([tab.state?.kind, serverText()]).toEqual(['saved', 'template ab']);
});

test('CL2: a server that takes frames and never acks is no better than none', async () => {
  const tab = await open();
  network.acking = false;
  tab.type('a');
  await kept();
  network.pass(8_000);
  expect(tab.state).toMatchObject({ kind: 'not-saved', changes: 1 });
  network.pass(60_000);
  expect(tab.state).toMatchObject({ kind: 'not-saved', changes: 1 });
});

test('CL2: nothing from the server for 25 s on a quiet link: a new connection, and no alarm when that one works', async () => {
  const tab = await open();
  network.stalled = true;
  network.clock.advance(24_900);
  expect(network.sockets).toHaveLength(1);
  network.clock.advance(100);
  network.stalled = false;
  network.pass(600);
  expect(network.sockets).toHaveLength(2);
  expect(tab.states.map((state) => state.kind)).not.toContain('not-saved');
  expect(tab.state?.kind).toBe('saved');
});

test('CL2: a link that is up but silent under 25 s is left alone', async () => {
  await open();
  for (let i = 0; i < 10; i++) {
    network.pass(20_000);
    network.sockets[0]?.down.push({ kind: 'facts-changed' });
  }
  network.pass(1_000);
  expect(network.sockets).toHaveLength(1);
});

test('CL1: what was typed while away goes out as one frame after the reconnect, once', async () => {
  const tab = await open();
  network.reachable = false;
  network.closeAll();
  for (const key of 'away') tab.type(key);
  await kept();
  network.pass(5_000);
  expect(tab.state).toMatchObject({ kind: 'not-saved', changes: 4, why: 'unreachable' });
  network.heard.length = 0;
  network.reachable = true;
  network.pass(10_000);
  expect(serverText()).toBe('template away');
  expect(network.heard.filter(({ kind }) => kind === 'sync-step-2' || kind === 'update')).toHaveLength(1);
  expect(tab.state?.kind).toBe('saved');
});

test('CL1: frames in flight when the link breaks arrive once, whether the server got them or not', async () => {
  const tab = await open();
  network.acking = false;
  tab.type('got ');
  await kept();
  network.crank();
  tab.type('lost');
  await kept();
  network.closeAll();
  network.acking = true;
  expect(tab.sync.unsaved).toBe(2);
  network.pass(2_000);
  expect([serverText(), tab.text, tab.sync.unsaved]).toEqual(['template got lost', 'template got lost', 0]);
});

test('CL2: the network is gone and the browser knows: offline at once, text kept counting', async () => {
  const tab = await open();
  network.onLine = false;
  network.reachable = false;
  network.closeAll();
  network.wake();
  tab.type('x');
  await kept();
  expect(tab.state).toMatchObject({ kind: 'offline', changes: 1 });
  network.onLine = true;
  network.reachable = true;
  network.wake();
  network.pass(1_000);
  expect(tab.state?.kind).toBe('saved');
});

test('CL2: a change is said to be kept in this browser once it is on its disk, and not at all when that takes long', async () => {
  const indexedDB = new IDBFactory();
  const tab = new Tab({ indexedDB });
  await tab.sync.start();
  network.crank();
  await written(indexedDB);
  network.onLine = false;
  network.reachable = false;
  network.closeAll();
  tab.type('a');
  // All in one turn of the event loop: the browser has had no chance to write.
  network.wake();
  expect(tab.state).toMatchObject({ kind: 'offline', changes: 1, kept: 'browser', keeping: 1 });
  network.clock.advance(KEEP_PATIENCE_MS);
  expect(tab.state).toMatchObject({ kind: 'offline', changes: 1, kept: 'tab' });
  await written(indexedDB);
  await written(indexedDB);
  expect(tab.state).toMatchObject({ kind: 'offline', changes: 1, kept: 'browser' });
  expect(tab.state).not.toHaveProperty('keeping');
});

test('CL2: the server cannot store: the reason is shown and stays while tries go on', async () => {
  const tab = await open();
  network.acking = false;
  tab.type('x');
  await kept();
  network.pass(5_000);
  network.closeAll(CLOSES.cannotStore);
  network.pass(5_000);
  expect(tab.state).toMatchObject({ kind: 'not-saved', why: 'cannot-store', changes: 1 });
  network.acking = true;
  network.closeAll(CLOSES.cannotStore);
  network.pass(RETRY_MAX_MS);
  expect(tab.state?.kind).toBe('saved');
});

test('CL4: a person may ask for a try at once', async () => {
  const tab = await open({ random: () => 0.999 });
  network.reachable = false;
  network.closeAll();
  network.pass(40_000);
  network.reachable = true;
  network.crank();
  expect(tab.state?.kind).toBe('not-saved');
  tab.sync.retryNow();
  network.crank();
  expect(tab.state?.kind).toBe('saved');
});

test('CL4: a person asks for a try while one hangs: that one is given up after 3 s', async () => {
  const tab = await open();
  network.stalled = true;
  network.closeAll();
  tab.type('x');
  await kept();
  network.clock.advance(500);
  const [hanging] = network.live;
  tab.sync.retryNow();
  network.clock.advance(3_000);
  expect(hanging).toMatchObject({ open: false, closed: true });
  network.stalled = false;
  network.pass(1_000);
  expect(tab.state?.kind).toBe('saved');
});

test('CL4: a tab that is back tells the others of its browser, which do not wait for their own time', async () => {
  const [first, second] = [await open(), await open({ random: () => 0.999 })];
  network.reachable = false;
  network.closeAll();
  network.pass(40_000);
  second.type('x');
  await kept();
  network.reachable = true;
  network.crank();
  expect(second.state?.kind).toBe('not-saved');
  first.sync.retryNow();
  network.crank();
  network.pass(1_000);
  expect([first.state?.kind, second.state?.kind]).toEqual(['saved', 'saved']);
});

test('CL2: the lid was closed for three days: the first look at the clock drops the dead link', async () => {
  const tab = await open();
  network.stalled = true;
  network.clock.sleep(3 * 24 * 3_600_000);
  network.clock.advance(5_000);
  expect(network.sockets[0]?.closed).toBe(true);
  network.stalled = false;
  network.pass(1_000);
  expect(tab.state?.kind).toBe('saved');
});

test('CL2: a frozen tab is shown again on a dead link: proved dead in 4 s, not in 25', async () => {
  const tab = await open();
  network.stalled = true;
  network.wake();
  network.clock.advance(4_000);
  expect(network.sockets[0]?.closed).toBe(true);
  network.stalled = false;
  network.pass(1_000);
  expect(tab.state?.kind).toBe('saved');
});

test.each([0, 2_500, 6_000])('CL4: the network is back while a try %i ms old hangs: saved within 4 s', async (age) => {
  const tab = await open();
  network.stalled = true;
  network.closeAll();
  tab.type('x');
  await kept();
  // The next try begins after half a second, and hangs.
  network.clock.advance(500 + age);
  const [hanging] = network.live;
  network.wake();
  network.clock.advance(3_000);
  expect(hanging).toMatchObject({ open: false, closed: true });
  network.stalled = false;
  network.pass(1_000);
  expect(tab.state?.kind).toBe('saved');
});

test('CL2: a frozen tab is shown again on a good link: it stays', async () => {
  const tab = await open();
  network.wake();
  network.pass(10_000);
  expect([network.sockets.length, tab.state?.kind]).toEqual([1, 'saved']);
});

test.each([
  ['old-epoch', CLOSES.oldEpoch],
  ['old-schema', CLOSES.oldSchema],
  ['foreign-client-id', CLOSES.foreignClientId],
  ['unknown-note', CLOSES.unknownNote],
  ['refused', CLOSES.malformed],
] as const)('CL6: a final close (%s) stops for good and keeps the text', async (close, closing) => {
  const tab = await open();
  network.acking = false;
  tab.type('mine');
  await kept();
  network.crank();
  network.closeAll(closing);
  network.pass(300_000);
  network.wake();
  network.pass(300_000);
  expect(tab.state).toEqual({ kind: 'refused', changes: 1, kept: 'tab', close });
  expect([network.sockets.length, tab.text]).toEqual([1, 'template mine']);
});

test('CL6: an old epoch is refused before anything of this tab was sent', async () => {
  const tab = new Tab();
  await tab.sync.start();
  network.closeAll(CLOSES.oldEpoch);
  network.pass(1_000);
  expect([network.heard, tab.ready]).toEqual([[], 0]);
});

test('CL6: what was saved right before a final close does not look unsent after the reload', async () => {
  const indexedDB = new IDBFactory();
  const tab = await open({ indexedDB });
  tab.type('saved');
  // The note that came from the server is written first, then what was typed.
  await written(indexedDB);
  await written(indexedDB);
  network.crank();
  expect(tab.state?.kind).toBe('saved');
  network.closeAll(CLOSES.oldEpoch);
  await written(indexedDB);
  expect(await findLeftovers(indexedDB, 'n.2', null)).toEqual([]);
});

test('SY8: own presence only: a remote caret is never sent back, a reader sends none', async () => {
  const [reader, writer] = [await open(), await open()];
  writer.sync.awareness.setLocalStateField('cursor', { head: 1 });
  network.pass(1_000);
  expect(reader.sync.awareness.getStates().get(writer.sync.doc.clientID)).toEqual({ cursor: { head: 1 } });
  const sent = network.heard.filter(({ kind }) => kind === 'awareness');
  expect(sent).toHaveLength(1);
});

test('SY8: a fast caret is sent ten times a second at most, and its last place always', async () => {
  const [reader, writer] = [await open(), await open()];
  for (let i = 0; i < 100; i++) {
    writer.sync.awareness.setLocalStateField('cursor', { head: i });
    network.pass(10);
  }
  network.pass(200);
  expect(network.heard.filter(({ kind }) => kind === 'awareness').length).toBeLessThanOrEqual(12);
  expect(reader.sync.awareness.getStates().get(writer.sync.doc.clientID)).toEqual({ cursor: { head: 99 } });
});

test('SY8: others’ carets go with the link and come back with it, with the same clock', async () => {
  const [reader, writer] = [await open(), await open()];
  const id = writer.sync.doc.clientID;
  writer.sync.awareness.setLocalStateField('cursor', { head: 1 });
  network.pass(500);
  const socket = network.sockets[0];
  if (!socket) throw new Error('no socket');
  socket.closed = true;
  socket.onclose?.({ code: 1006, reason: '' });
  expect(reader.sync.awareness.getStates().has(id)).toBe(false);
  network.pass(2_000);
  const clock = writer.sync.awareness.meta.get(id)?.clock ?? 0;
  network.live
    .at(-1)
    ?.down.push({ kind: 'awareness', entries: [{ clientId: id, clock, state: '{"cursor":{"head":1}}' }] });
  network.crank();
  expect(reader.sync.awareness.getStates().get(id)).toEqual({ cursor: { head: 1 } });
});

test('SY4: a frame that is not one of ours ends the connection, and a new one brings everything', async () => {
  const tab = await open();
  network.sockets[0]?.onmessage?.({ data: Uint8Array.of(7, 7).buffer });
  network.doc.getText('note').insert(0, 'meanwhile ');
  network.pass(1_000);
  expect(tab.text).toBe('meanwhile template ');
});

test('TO5: text of others that comes at a bad moment waits, in order, and own text goes out meanwhile', async () => {
  const [a, b] = [await open(), await open()];
  a.busy = true;
  for (const word of ['one ', 'two ']) {
    b.type(word);
    await kept();
    network.crank();
  }
  a.type('mine ');
  await kept();
  network.crank();
  expect([a.text, a.state?.kind]).toEqual(['template mine ', 'saved']);
  expect(serverText()).toContain('mine ');
  a.busy = false;
  b.type('three ');
  await kept();
  network.crank();
  expect(a.text).toBe(serverText());
  // Which of two that began at one place comes first is Yjs's to say.
  expect(a.text.replace('mine ', '')).toBe('template one two three ');
});

test('TO5: what was held back when the connection broke comes with the next one', async () => {
  const [a, b] = [await open(), await open()];
  a.busy = true;
  b.type('one ');
  await kept();
  network.crank();
  network.closeAll();
  a.busy = false;
  network.pass(60_000);
  expect(a.text).toBe('template one ');
});

test('CL1: at a later question of the server the answer is counted like any other frame', async () => {
  const tab = await open();
  tab.type('a');
  await kept();
  network.sockets[0]?.down.push({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(new Y.Doc()) });
  tab.type('b');
  await kept();
  network.crank();
  expect([tab.state?.kind, tab.sync.unsaved, serverText()]).toEqual(['saved', 0, 'template ab']);
});

test('MA4: facts that changed and people who came are passed on', async () => {
  const tab = await open();
  const here = { count: 1, people: [{ id: 'd', name: 'Mara', colour: '#2b62ef', writing: true }] };
  network.sockets[0]?.down.push({ kind: 'facts-changed' }, { kind: 'here', here });
  network.crank();
  expect([tab.facts, tab.heres]).toEqual([1, [here]]);
});

test('CL1: two tabs type through broken links and end with one text, every token once', async () => {
  const [a, b] = [await open(), await open()];
  for (let i = 0; i < 60; i++) {
    a.type(`⟨a.${i}⟩`);
    b.type(`⟨b.${i}⟩`);
    await kept();
    if (i % 7 === 3) network.closeAll();
    if (i % 11 === 5) network.closeAll(CLOSES.gap);
    network.acking = i % 5 !== 0;
    network.pass(i % 3 === 0 ? 700 : 50);
  }
  network.acking = true;
  network.closeAll();
  network.pass(60_000);
  expect([a.text, b.text]).toEqual([serverText(), serverText()]);
  for (const name of ['a', 'b'])
    for (let i = 0; i < 60; i++) expect(serverText().split(`⟨${name}.${i}⟩`)).toHaveLength(2);
  expect([a.state?.kind, b.state?.kind]).toEqual(['saved', 'saved']);
});
