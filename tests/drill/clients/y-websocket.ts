import { dirname } from 'node:path/posix';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { pen, type Address, type Client } from './client.ts';

/** The provider of y-websocket, defaults kept, but for the channel between tabs of one browser: each person has their own. */
export function openYWebsocket({ port, path, note }: Address): Client {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}${dirname(path)}`, note, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  return {
    doc,
    get open() {
      return provider.synced;
    },
    // It sends, and is never told what became of it.
    safe: null,
    type: pen(Y, doc),
    async close() {
      provider.destroy();
      doc.destroy();
    },
  };
}
