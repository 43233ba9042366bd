import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { bundle, unbundle } from '#core/wire/bundle.ts';
import { SCHEMA_VERSION } from '#core/note/schema.ts';
import { HttpSocket } from '#lib/note/http-socket.ts';
import { NoteSync, syncUrl } from '#lib/note/note-sync.ts';
import type { LinkSocket, Platform } from '#lib/note/platform.ts';
import type { SaveState } from '#lib/note/save-state.ts';
import { systemClock } from '#server/clock.ts';
import { memoryStore } from '#server/store/memory.ts';
import { LIMITS } from '#server/sync/limits.ts';
import { type Middleman, startMiddleman } from '../support/middleman.ts';
import { oneEvent } from '../support/one-event.ts';
import { startSyncServer, type SyncServer } from '../support/sync-server.ts';

let server: SyncServer;
let man: Middleman | null;
let noteId: string;
const tabs: NoteSync[] = [];

beforeEach(async () => {
  const store = memoryStore({ clock: systemClock });
  noteId = (await oneEvent(store))[0] ?? '';
  server = await startSyncServer(store, 0, { ...LIMITS, peersPerAddress: 3 });
  man = null;
});
afterEach(async () => {
  for (const tab of tabs.splice(0)) await tab.close();
  await man?.close();
  await server.close();
});

/** Our own client at this port. Resolves when the server's text is there. */
async function open(port: number, openSocket: Platform['openSocket']): Promise<NoteSync> {
  const platform: Platform = {
    ...{ clock: systemClock, random: () => 0, openSocket, online: () => true, indexedDB: null },
    onWake: () => () => undefined,
    tellTabs: () => undefined,
    keepStorage: () => undefined,
  };
  const ignore = (): void => undefined;
  await new Promise<void>((ready) => {
    const on = { state: ignore as (state: SaveState) => void, ready, here: ignore, factsChanged: ignore };
    const tab = new NoteSync({
      ...{ noteId, platform, url: syncUrl(`http://127.0.0.1:${port}`, noteId, SCHEMA_VERSION) },
      on: { ...on, beforeOthers: () => true },
    });
    tabs.push(tab);
    void tab.start();
  });
  return tabs.at(-1) as NoteSync;
}

const byRequests: Platform['openSocket'] = (url) => new HttpSocket(url, { clock: systemClock, fetch });
const bySocket: Platform['openSocket'] = (url, protocol) => new WebSocket(url, [protocol]) as unknown as LinkSocket;

function until(doc: Y.Doc, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      doc.off('update', look);
      resolve();
    };
    doc.on('update', look);
    look();
  });
}

const text = (tab: NoteSync): Y.Text => tab.doc.getText('test');

/** Writes `count` tokens, one at a time, each as a change of its own. */
async function writeTokens(tab: NoteSync, name: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    text(tab).insert(text(tab).length, `⟨${name}${i}⟩`);
    await new Promise((resume) => setImmediate(resume));
  }
}

test.each([
  ['as it is', {}],
  ['that cuts what takes 40 ms', { cutAfter: 40 }],
  ['that loses every fourth answer', { loses: (answer: number) => answer % 4 === 0 }],
])(
  'HT2 HT3: two by requests through a proxy %s and one by WebSocket have every token once',
  async (_, how) => {
    man = await startMiddleman(server.port, how);
    const writers = [
      ...[await open(man.port, byRequests), await open(man.port, byRequests)],
      await open(server.port, bySocket),
    ];
    await Promise.all(writers.map((tab, index) => writeTokens(tab, `${index}-`, 30)));
    const all = writers.flatMap((_tab, index) => Array.from({ length: 30 }, (_token, i) => `⟨${index}-${i}⟩`));
    for (const tab of writers) await until(tab.doc, () => all.every((token) => text(tab).toJSON().includes(token)));
    for (const tab of writers) {
      expect(text(tab).toJSON()).toHaveLength(all.join('').length);
      expect(text(tab).toJSON()).toBe(text(writers[0] as NoteSync).toJSON());
    }
    expect(man.answers).toBeGreaterThan(10);
  },
  60_000,
);

const address = (): string => `http://127.0.0.1:${server.port}/sync/${noteId}`;
const post = (url: string, init: RequestInit = {}): Promise<Response> => fetch(url, { method: 'POST', ...init });

async function link(): Promise<string> {
  const opened = await post(address());
  expect(opened.status).toBe(201);
  const { link } = (await opened.json()) as { link: string };
  expect(link).toMatch(/^[a-z2-7]{26}$/);
  return `${address()}/${link}`;
}

test('HT4: at the door and behind it requests are refused as sockets are, each by name', async () => {
  const foreign = await post(address(), { headers: { origin: 'https://elsewhere.example' } });
  expect([foreign.status, await foreign.json()]).toEqual([
    403,
    { reason: expect.stringContaining('another origin') as unknown },
  ]);
  const unknown = await post(`http://127.0.0.1:${server.port}/sync/00000000-0000-4000-8000-000000000009.1`);
  expect(await unknown.json()).toEqual({ close: { code: 4404, reason: 'unknown-note' } });
  expect((await post(`${address()}/abcdefghijklmnopqrstuvwxyz?from=0`)).status).toBe(404);

  const first = await link();
  const malformed = await post(`${first}?first=0`, { body: new Uint8Array([5, 1]) });
  expect([malformed.status, await malformed.json()]).toEqual([
    410,
    { close: { code: 4400, reason: 'malformed-frame' } },
  ]);
  const second = await link();
  expect((await post(`${second}?first=7`, { body: bundle([new Uint8Array([0, 0, 1, 0])]) })).status).toBe(409);
  const large = await post(`${second}?first=0`, { body: new Uint8Array(LIMITS.messageBytes + 65) });
  expect(large.status).toBe(413);
});

test('HT4: who listens only when all of a too large body is sent, as a proxy does, hears why it is refused', async () => {
  const mine = new URL(await link());
  const body = new Uint8Array(20 * LIMITS.messageBytes);
  const socket = connect(server.port, '127.0.0.1').pause();
  socket.write(
    `POST ${mine.pathname}?first=0 HTTP/1.1\r\nhost: ${mine.host}\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  await new Promise<void>((sent, failed) => {
    socket.once('error', failed);
    socket.write(body, () => sent());
  });
  let answer = '';
  for await (const part of socket) answer += String(part);
  expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*"too-large"/);
});

test('HT4: more links than an address may have are refused; who leaves makes room', async () => {
  const links = [await link(), await link(), await link()];
  expect((await post(address())).status).toBe(503);
  expect((await post(links[0] ?? '')).status).toBe(200);
  await link();
});

test('HT4 twin: an honest peer that asks at once, late and twice is answered', async () => {
  const mine = await link();
  // Sync step 1, and again as after an answer that got lost.
  const question = bundle([new Uint8Array([0, 0, 1, 0])]);
  for (const _time of ['first', 'again']) expect((await post(`${mine}?first=0`, { body: question })).status).toBe(200);
  const asked = async (): Promise<Uint8Array[]> =>
    unbundle(new Uint8Array(await (await post(`${mine}?from=0`)).arrayBuffer()));
  const heard = await asked();
  expect((await asked()).slice(0, heard.length)).toEqual(heard);
  expect(heard.filter(([kind, step]) => kind === 0 && step === 1)).toHaveLength(1);
});
