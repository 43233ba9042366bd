import { createRequire } from 'node:module';
import { WebSocket } from 'ws';
import type * as Yjs from 'yjs';
import { pen, type Address, type Client } from './client.ts';

interface Socket {
  destroy(): void;
}
interface Provider {
  readonly synced: boolean;
  readonly hasUnsyncedChanges: boolean;
  attach(): void;
  on(event: 'unsyncedChanges', run: () => void): void;
  destroy(): void;
}
interface ProviderModule {
  HocuspocusProviderWebsocket: new (options: { url: string; WebSocketPolyfill: unknown }) => Socket;
  HocuspocusProvider: new (options: { websocketProvider: Socket; name: string; document: Yjs.Doc }) => Provider;
}

// Both from the folder of the peers: a document and its provider must share one copy of Yjs.
const ofPeers = createRequire(new URL('../../bench/peers/package.json', import.meta.url));
const Y = ofPeers('yjs') as typeof Yjs;
const { HocuspocusProvider, HocuspocusProviderWebsocket } = ofPeers('@hocuspocus/provider') as ProviderModule;

/**
 * Hocuspocus's provider, defaults kept. What it was told is what it says by `hasUnsyncedChanges`, which its source names as the
 * way to know what was persisted.
 */
export function openHocuspocus({ port, path, note }: Address): Client {
  const doc = new Y.Doc();
  const socket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}${path}`,
    WebSocketPolyfill: WebSocket,
  });
  const provider = new HocuspocusProvider({ websocketProvider: socket, name: note, document: doc });
  const write = pen(Y, doc);
  let [typed, safe] = [0, 0];
  provider.on('unsyncedChanges', () => {
    if (!provider.hasUnsyncedChanges) safe = typed;
  });
  provider.attach();
  return {
    doc,
    get open() {
      return provider.synced;
    },
    get safe() {
      return safe;
    },
    type(token) {
      typed++;
      write(token);
    },
    async close() {
      provider.destroy();
      socket.destroy();
      doc.destroy();
    },
  };
}
