import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider as Provider3 } from 'y-websocket';
import { WebsocketProvider as Provider2 } from 'y-websocket-2';
import * as Y from 'yjs';
import { systemClock } from '#server/clock.ts';
import { memoryStore } from '#server/store/memory.ts';
import type { Store } from '#server/store/store.ts';
import { oneEvent } from '../support/one-event.ts';
import { startSyncServer, type SyncServer } from '../support/sync-server.ts';

const VERSIONS = [
  ['2', Provider2],
  ['3', Provider3],
] as const;

/** What both versions have, in types both can be called through. */
interface Provider {
  readonly doc: Y.Doc;
  readonly synced: boolean;
  readonly awareness: Provider3['awareness'];
  connect(): void;
  disconnect(): void;
  destroy(): void;
  on(event: 'sync', listen: (state: boolean) => void): void;
  on(event: 'connection-close', listen: (event: { code: number } | null) => void): void;
  off(event: 'sync', listen: (state: boolean) => void): void;
}

let store: Store;
let server: SyncServer;
let noteId: string;
const open: Provider[] = [];

beforeEach(async () => {
  store = memoryStore({ clock: systemClock });
  noteId = (await oneEvent(store))[0] ?? '';
  server = await startSyncServer(store);
});
afterEach(async () => {
  for (const provider of open.splice(0)) provider.destroy();
  await server.close();
});

/** A stock provider as its README shows it; no cookie, no Origin, no subprotocol. */
function join(Kind: (typeof VERSIONS)[number][1], doc = new Y.Doc()): Provider {
  const options = { WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket, disableBc: true };
  const stock: unknown = new Kind(`ws://127.0.0.1:${server.port}/sync`, noteId, doc, options);
  const provider = stock as Provider;
  open.push(provider);
  return provider;
}

function synced(provider: Provider): Promise<void> {
  if (provider.synced) return Promise.resolve();
  return new Promise((resolve) => {
    const listen = (state: boolean): void => {
      if (!state) return;
      provider.off('sync', listen);
      resolve();
    };
    provider.on('sync', listen);
  });
}

/** Resolves when the document shows what `holds` asks for. */
function until(doc: Y.Doc, holds: () => boolean): Promise<void> {
  if (holds()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      doc.off('update', look);
      resolve();
    };
    doc.on('update', look);
  });
}

function type(doc: Y.Doc, text: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  doc.getXmlFragment('note').push([paragraph]);
}

const textOf = (doc: Y.Doc): string => doc.getXmlFragment('note').toString();

describe.each(VERSIONS)('y-websocket %s', (_version, Kind) => {
  test('SY1: providers join, converge, and a third that comes later has everything', async () => {
    const ada = join(Kind);
    const bob = join(Kind);
    await Promise.all([synced(ada), synced(bob)]);
    type(ada.doc, 'from ada');
    type(bob.doc, 'from bob');
    await until(bob.doc, () => textOf(bob.doc).includes('from ada'));
    await until(ada.doc, () => textOf(ada.doc).includes('from bob'));
    expect(textOf(ada.doc)).toBe(textOf(bob.doc));
    const late = join(Kind);
    await synced(late);
    expect(textOf(late.doc)).toBe(textOf(ada.doc));
  });

  test('SY6, SY7: a person may type through 100 reconnects; every word is there once', async () => {
    const ada = join(Kind);
    const reader = join(Kind);
    await Promise.all([synced(ada), synced(reader)]);
    const closes: number[] = [];
    ada.on('connection-close', (event: { code: number } | null) => event && closes.push(event.code));
    for (let i = 0; i < 100; i++) {
      ada.disconnect();
      type(ada.doc, `⟨off${i}⟩`);
      ada.connect();
      type(ada.doc, `⟨on${i}⟩`);
      await synced(ada);
      type(ada.doc, `⟨after${i}⟩`);
    }
    await until(reader.doc, () => textOf(reader.doc).includes('⟨after99⟩'));
    const text = textOf(reader.doc);
    for (let i = 0; i < 100; i++)
      for (const when of ['off', 'on', 'after']) expect(text.split(`⟨${when}${i}⟩`)).toHaveLength(2);
    expect(closes.filter((code) => code >= 4400)).toEqual([]);
  }, 60_000);

  test('SY8: the caret of a stock peer is seen by others, under a name of the server’s', async () => {
    const ada = join(Kind);
    const bob = join(Kind);
    await Promise.all([synced(ada), synced(bob)]);
    const seen = new Promise<Record<string, unknown>>((resolve) => {
      bob.awareness.on('change', () => {
        const state = bob.awareness.getStates().get(ada.doc.clientID);
        if (state) resolve(state);
      });
    });
    ada.awareness.setLocalState({
      user: { name: 'Linus', color: 'red' },
      cursor: { anchor: { tname: 'note' }, head: { tname: 'note' } },
    });
    expect(await seen).toMatchObject({
      user: { name: 'unnamed' },
      cursor: { anchor: { tname: 'note' }, head: { tname: 'note' } },
    });
  });

  test('SY2: what was typed while the server was down is there once when it is back', async () => {
    const ada = join(Kind);
    await synced(ada);
    const { port } = server;
    const gone = new Promise<void>((resolve) => ada.on('connection-close', () => resolve()));
    await server.close();
    await gone;
    type(ada.doc, '⟨while down⟩');
    server = await startSyncServer(store, port);
    const bob = join(Kind);
    await until(bob.doc, () => textOf(bob.doc).includes('⟨while down⟩'));
    expect(textOf(bob.doc).split('⟨while down⟩')).toHaveLength(2);
  }, 30_000);
});

test('SY1: providers of both versions write in one note', async () => {
  const old = join(Provider2);
  const current = join(Provider3);
  await Promise.all([synced(old), synced(current)]);
  type(old.doc, 'old');
  type(current.doc, 'current');
  await until(old.doc, () => textOf(old.doc).includes('current'));
  await until(current.doc, () => textOf(current.doc).includes('old'));
  expect(textOf(old.doc)).toBe(textOf(current.doc));
});

test('SY12: quiet providers of both versions stay connected for longer than their own 30 s of patience', async () => {
  const providers = [join(Provider2), join(Provider3)];
  await Promise.all(providers.map(synced));
  const lost = providers.map(
    (one) => new Promise<string>((resolve) => one.on('connection-close', () => resolve('closed'))),
  );
  // A provider looks every 3 s and gives up after 30 s without a message: this length of time is what is tested.
  const patience = new Promise<string>((resolve) => systemClock.after(34_000, () => resolve('still connected')));
  expect(await Promise.race([...lost, patience])).toBe('still connected');
}, 60_000);
