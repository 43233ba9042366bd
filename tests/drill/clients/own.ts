import { IDBFactory } from 'fake-indexeddb';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '#core/note/schema.ts';
import { HttpSocket } from '#lib/note/http-socket.ts';
import { NoteSync, syncUrl } from '#lib/note/note-sync.ts';
import type { LinkSocket, Platform } from '#lib/note/platform.ts';
import { ways } from '#lib/note/ways.ts';
import { systemClock } from '#server/clock.ts';
import { pen, type Address, type Client } from './client.ts';

/** Plumbline's client as its pages use it, each in a browser of its own. Nothing tells it that a network came back. */
export function openOwn(address: Address): Client {
  return new OwnClient(address);
}

class OwnClient implements Client {
  open = false;
  readonly #sync: NoteSync;
  readonly #pen: (token: string) => void;
  #typed = 0;

  constructor({ port, note }: Address) {
    const ignore = (): void => undefined;
    this.#sync = new NoteSync({
      ...{ noteId: note, platform: platform(), url: syncUrl(`http://127.0.0.1:${port}`, note, SCHEMA_VERSION) },
      on: {
        ready: () => (this.open = true),
        ...{ state: ignore, here: ignore, factsChanged: ignore, beforeOthers: () => true },
      },
    });
    this.#pen = pen(Y, this.doc);
    void this.#sync.start();
  }

  get doc(): Y.Doc {
    return this.#sync.doc;
  }

  get safe(): number {
    return this.#typed - this.#sync.unsaved;
  }

  type(token: string): void {
    this.#pen(token);
    this.#typed++;
  }

  close(): Promise<void> {
    return this.#sync.close();
  }
}

function platform(): Platform {
  return {
    clock: systemClock,
    random: () => Math.random(),
    openSocket: ways({
      clock: systemClock,
      webSocket: (url, protocol) => new WebSocket(url, [protocol]) as unknown as LinkSocket,
      httpSocket: (url) => Promise.resolve(new HttpSocket(url, { clock: systemClock, fetch })),
    }),
    online: () => true,
    onWake: () => () => undefined,
    tellTabs: () => undefined,
    keepStorage: () => undefined,
    indexedDB: new IDBFactory(),
  };
}
