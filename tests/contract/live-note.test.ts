import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { NOTE_FRAGMENT, SCHEMA_VERSION } from '#core/note/schema.ts';
import { CLOSES } from '#core/wire/closes.ts';
import type { Here } from '#core/wire/messages.ts';
import { NoteSync, syncUrl } from '#lib/note/note-sync.ts';
import type { LinkSocket, Platform } from '#lib/note/platform.ts';
import type { SaveState } from '#lib/note/save-state.ts';
import { memoryStore } from '#server/store/memory.ts';
import { emptyDisk, type MemoryDisk } from '#server/store/memory/disk.ts';
import { StoreError } from '#server/store/log.ts';
import { LIMITS } from '#server/sync/limits.ts';
import { type Connection, Rooms } from '#server/sync/rooms.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { oneEvent } from '../support/one-event.ts';

/** The browser's half and the server's half of the live note, each as it runs, with time and network in the test's hand. */

let clock: FakeClock;
let rooms: Rooms;
let noteId: string;
let disk: MemoryDisk;
let broken: StoreError | null;
let reachable: boolean;
let links: Link[];
let tabs: Tab[];

beforeEach(async () => {
  clock = new FakeClock();
  broken = null;
  reachable = true;
  links = [];
  tabs = [];
  disk = emptyDisk();
  noteId = (await oneEvent(memoryStore({ clock, disk }), 1, 2))[0] ?? '';
  startServer();
});

afterEach(async () => {
  for (const tab of tabs) await tab.sync.close();
  rooms.close();
});

/** On what the last one had committed. */
function startServer(): void {
  const commit = (): Promise<void> => (broken ? Promise.reject(broken) : Promise.resolve());
  const store = memoryStore({ clock, commit, disk });
  rooms = new Rooms({ log: store.log, clock, limits: LIMITS });
}

/** kill -9: what is in memory and on the wire is gone, nobody is told by the server. */
function killServer(): void {
  for (const link of links) link.breakOff(1006, '');
  rooms.close();
}

/** A WebSocket between the two halves. */
class Link implements LinkSocket {
  binaryType = '';
  onopen: LinkSocket['onopen'] = null;
  onmessage: LinkSocket['onmessage'] = null;
  onclose: LinkSocket['onclose'] = null;
  onerror: LinkSocket['onerror'] = null;
  #connection: Connection | null = null;
  #over = false;

  constructor(url: string, device: string) {
    links.push(this);
    void Promise.resolve().then(() => this.#open(new URL(url), device));
  }

  #open(url: URL, device: string): void {
    if (this.#over) return;
    if (!reachable) return this.breakOff(1006, '');
    this.onopen?.(undefined as never);
    const actor = { id: device, name: device, organizer: false, loopback: true };
    this.#connection = rooms.join(
      {
        send: (packet, second) => {
          for (const message of [...packet.messages, ...(second?.messages ?? [])])
            if (!this.#over) this.onmessage?.({ data: message.slice().buffer });
        },
        close: ({ code, reason }) => this.breakOff(code, reason),
        pause: () => undefined,
        resume: () => undefined,
        queuedBytes: 0,
      },
      {
        kind: 'admit',
        noteId: decodeURIComponent(url.pathname.slice('/sync/'.length)),
        actor,
        shownName: device,
        canWrite: true,
        acks: true,
        schema: Number(url.searchParams.get('schema')),
      },
    );
  }

  send(frame: Uint8Array): void {
    const connection = this.#connection;
    void Promise.resolve().then(() => {
      if (!this.#over) (connection ?? this.#connection)?.receive(frame.slice());
    });
  }

  close(): void {
    this.#over = true;
    this.#connection?.closed();
  }

  breakOff(code: number, reason: string): void {
    if (this.#over) return;
    this.close();
    this.onclose?.({ code, reason });
  }
}

class Tab {
  readonly device: string;
  readonly states: SaveState[] = [];
  readonly sync: NoteSync;
  here: Here | null = null;
  ready = false;

  constructor(device: string, schema = SCHEMA_VERSION, id = noteId) {
    tabs.push(this);
    this.device = device;
    const platform: Platform = {
      clock,
      random: () => 0.5,
      openSocket: (url) => new Link(url, device),
      online: () => true,
      onWake: () => () => undefined,
      tellTabs: () => undefined,
      keepStorage: () => undefined,
      indexedDB: null,
    };
    this.sync = new NoteSync({
      noteId: id,
      url: syncUrl('http://127.0.0.1', id, schema),
      platform,
      on: {
        state: (state) => this.states.push(state),
        ready: () => (this.ready = true),
        here: (here) => (this.here = here),
        factsChanged: () => undefined,
        beforeOthers: () => true,
      },
    });
  }

  get state(): SaveState | undefined {
    return this.states.at(-1);
  }

  get text(): string {
    return this.sync.doc.getXmlFragment(NOTE_FRAGMENT).toJSON();
  }

  type(text: string): void {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(text)]);
    this.sync.doc.getXmlFragment(NOTE_FRAGMENT).push([paragraph]);
  }
}

async function open(device: string): Promise<Tab> {
  const tab = new Tab(device);
  await tab.sync.start();
  await clock.advance(200);
  return tab;
}

test('CL2, SY3: open, write, saved; the other tab has it', async () => {
  const [ada, bob] = [await open('ada'), await open('bob')];
  expect([ada.ready, ada.state?.kind]).toEqual([true, 'saved']);
  ada.type('hello');
  await settle();
  await clock.advance(300);
  expect(ada.state?.kind).toBe('saved');
  expect(bob.text).toBe(ada.text);
  expect(bob.text).toContain('hello');
});

test('SY12: a quiet link stays up for ten minutes', async () => {
  const ada = await open('ada');
  await clock.advance(600_000);
  expect([links.length, ada.state?.kind]).toEqual([1, 'saved']);
});

test('SY8: who is here reaches the tab, and a caret the other one with its name', async () => {
  const [ada, bob] = [await open('ada'), await open('bob')];
  ada.sync.awareness.setLocalStateField('cursor', { anchor: { tname: 'note' }, head: { tname: 'note' } });
  await clock.advance(2_000);
  expect(bob.here?.count).toBe(2);
  expect(bob.sync.awareness.getStates().get(ada.sync.doc.clientID)).toMatchObject({ user: { name: 'ada' } });
});

test('CL6, SY13: an old epoch, an unknown note and an old schema are final and named', async () => {
  const closes: unknown[] = [];
  for (const [id, schema] of [
    [noteId.replace(/\.2$/, '.1'), SCHEMA_VERSION],
    ['11111111-0000-4000-8000-000000000000.1', SCHEMA_VERSION],
    [noteId, SCHEMA_VERSION - 1],
  ] as const) {
    const tab = new Tab('ada', schema, id);
    await tab.sync.start();
    await clock.advance(60_000);
    closes.push(tab.state);
  }
  const refused = (close: string): object => ({ kind: 'refused', changes: 0, kept: 'tab', close });
  expect(closes).toEqual([refused('old-epoch'), refused('unknown-note'), refused('old-schema')]);
  expect(links).toHaveLength(3);
});

test('CL2, SY15: the disk is full: not saved with the reason within 8 s, saved by itself when there is room', async () => {
  const ada = await open('ada');
  broken = new StoreError('disk-full', 'no space');
  ada.type('kept');
  await clock.advance(8_000);
  expect(ada.state).toMatchObject({ kind: 'not-saved', why: 'cannot-store', changes: 1 });
  broken = null;
  await clock.advance(40_000);
  expect(ada.state?.kind).toBe('saved');
  startServer();
  expect((await open('bob')).text).toContain('kept');
});

test('ST6, CL1: the server is killed while three tabs type, again and again: every token once, on all and on disk', async () => {
  const all = [await open('ada'), await open('bob'), await open('cyd')];
  const acked = new Set<string>();
  for (let round = 0; round < 40; round++) {
    for (const tab of all) tab.type(`⟨${tab.device}.${round}⟩`);
    await clock.advance(round % 4 === 0 ? 3 : 150);
    for (const tab of all) if (tab.state?.kind === 'saved') acked.add(`⟨${tab.device}.${round}⟩`);
    if (round % 3 === 1) {
      killServer();
      startServer();
      for (const token of acked) expect(await onDisk()).toContain(token);
    }
    if (round % 5 === 2) reachable = !reachable;
  }
  reachable = true;
  await clock.advance(90_000);
  const text = await onDisk();
  for (const tab of all) {
    expect([tab.state?.kind, tab.text]).toEqual(['saved', text]);
    for (let round = 0; round < 40; round++) expect(text.split(`⟨${tab.device}.${round}⟩`)).toHaveLength(2);
  }
  expect(acked.size).toBeGreaterThan(10);
});

test('ST5: the server says it restarts: everyone comes back by themselves', async () => {
  const ada = await open('ada');
  for (const link of links) link.breakOff(CLOSES.restart.code, CLOSES.restart.reason);
  startServer();
  ada.type('meanwhile');
  await clock.advance(3_000);
  expect([ada.state?.kind, (await onDisk()).includes('meanwhile')]).toEqual(['saved', true]);
});

async function onDisk(): Promise<string> {
  const note = await memoryStore({ clock, disk }).log.load(noteId);
  if (note === null || note === 'old-epoch') throw new Error('the note is gone');
  const doc = new Y.Doc();
  for (const update of [note.snapshot, ...note.tail]) if (update) Y.applyUpdate(doc, update);
  return doc.getXmlFragment(NOTE_FRAGMENT).toJSON();
}
