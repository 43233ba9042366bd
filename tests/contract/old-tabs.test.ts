import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { readNote } from '#core/note/read.ts';
import { NOTE_FRAGMENT, SCHEMA_VERSION } from '#core/note/schema.ts';
import { memoryStore } from '#server/store/memory.ts';
import { emptyDisk, type MemoryDisk } from '#server/store/memory/disk.ts';
import { LIMITS } from '#server/sync/limits.ts';
import { Rooms } from '#server/sync/rooms.ts';
import { OwnClient } from '../fuzz/own-client.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { oldSchema, schemaFixture } from '../support/old-schema.ts';
import { oneEvent } from '../support/one-event.ts';
import { Random } from '../support/random.ts';

vi.setConfig({ testTimeout: 60_000 });

const OLD = [SCHEMA_VERSION - 1, SCHEMA_VERSION - 2];

let clock: FakeClock;
let disk: MemoryDisk;
let rooms: Rooms;
let noteId: string;
let tabs: OwnClient[];

beforeEach(async () => {
  clock = new FakeClock();
  disk = emptyDisk();
  const store = memoryStore({ clock, disk });
  noteId = (await oneEvent(store))[0] ?? '';
  rooms = new Rooms({ log: store.log, clock, limits: LIMITS });
  tabs = [];
});

afterEach(async () => {
  for (const tab of tabs) await tab.close();
  rooms.close();
});

/** What the page's editor does with every change: builds the note by its own schema, and deletes what it cannot build. */
function drawn(doc: Y.Doc, version: number): void {
  yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(NOTE_FRAGMENT), oldSchema(version));
}

function page(schema: number): OwnClient {
  const parts = { clock, random: new Random(schema), rooms: () => rooms, onDisk: () => 0 };
  const tab = new OwnClient({
    ...parts,
    noteId,
    schema,
    device: `device-${tabs.length}`,
    clientId: 1_000 + tabs.length,
  });
  if (schema !== SCHEMA_VERSION) tab.doc.on('update', () => drawn(tab.doc, schema));
  tabs.push(tab);
  return tab;
}

/** Lets everything arrive, for a while. */
async function run(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    for (const tab of tabs) {
      do tab.deliverToServer();
      while (tab.toServer.length > 0);
      while (tab.toClient.length > 0) tab.deliverToClient();
    }
    await clock.advance(500);
  }
}

/** A page of this version in which somebody wrote a note with everything in it. */
async function written(): Promise<OwnClient> {
  const tab = page(SCHEMA_VERSION);
  await run();
  Y.applyUpdate(tab.doc, Buffer.from(schemaFixture(SCHEMA_VERSION).update, 'base64'));
  await run();
  expect(tab.state.kind).toBe('saved');
  return tab;
}

function rows(): Uint8Array[] {
  return [...disk.notes.values()].flatMap((note) => note.rows.map(({ bytes }) => bytes));
}

function elements(doc: Y.Doc): number {
  return [...doc.getXmlFragment(NOTE_FRAGMENT).createTreeWalker(() => true)].length;
}

describe.each(OLD)('SY13, test 23: a tab of schema %i', (version) => {
  test('twin: with its own notes it deletes nothing, and from a note of today it would', () => {
    const [own, today] = [version, SCHEMA_VERSION].map((schema) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Buffer.from(schemaFixture(schema).update, 'base64'));
      const before = elements(doc);
      drawn(doc, version);
      return before - elements(doc);
    });
    expect(own).toBe(0);
    expect(today).toBeGreaterThan(0);
  });

  test('is asked to reload before anything of the note reaches it: 0 nodes are deleted', async () => {
    const now = await written();
    const before = { rows: rows(), note: readNote(now.doc), elements: elements(now.doc) };
    const old = page(version);
    await run();
    expect(old.state).toMatchObject({ kind: 'refused', close: 'old-schema' });
    expect(elements(old.doc)).toBe(0);
    expect({ rows: rows(), note: readNote(now.doc), elements: elements(now.doc) }).toEqual(before);
  });

  test('that went on writing while the server was brought forward keeps its text to be copied, and 0 nodes are deleted', async () => {
    const now = await written();
    const before = { rows: rows(), elements: elements(now.doc) };
    const old = page(version);
    await settle();
    Y.applyUpdate(old.doc, Buffer.from(schemaFixture(version).update, 'base64'));
    const own = readNote(old.doc);
    await run();
    expect(old.state).toMatchObject({ kind: 'refused', close: 'old-schema', changes: 1 });
    expect(readNote(old.doc)).toEqual(own);
    expect({ rows: rows(), elements: elements(now.doc) }).toEqual(before);
  });
});
