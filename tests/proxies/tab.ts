import type { WebSocket } from 'ws';
import { SCHEMA_VERSION } from '#core/note/schema.ts';
import { HttpSocket } from '#lib/note/http-socket.ts';
import { NoteSync, syncUrl } from '#lib/note/note-sync.ts';
import type { LinkSocket } from '#lib/note/platform.ts';
import { systemClock } from '#server/clock.ts';
import type { Visitor } from './visitor.ts';

/** Our own client in a note, by one of its two ways. */
export interface Tab {
  readonly text: string;
  /** Nothing waits for the server. */
  readonly saved: boolean;
  /** How many connections were begun so far, and what plain requests were answered other than 200 and 201. */
  readonly opened: number;
  readonly refused: number[];
  /** Writes `count` tokens, each as a change of its own. */
  write(name: string, count: number): Promise<void>;
  until(holds: () => boolean): Promise<void>;
  close(): Promise<void>;
}

const LOOK_MS = 20;
const PATIENCE_MS = 90_000;

/** Resolves when the server's text is there. */
export async function openTab(visitor: Visitor, noteId: string, way: 'socket' | 'requests'): Promise<Tab> {
  let opened = 0;
  const refused: number[] = [];
  const counted = (async (url: string, init: RequestInit) => {
    const answer = await visitor.fetch(url, init);
    if (!answer.ok) refused.push(answer.status);
    return answer;
  }) as typeof fetch;
  const openSocket = (url: string): LinkSocket => {
    opened++;
    if (way === 'requests') return new HttpSocket(url, { clock: systemClock, fetch: counted });
    const socket: WebSocket = visitor.socket(url);
    return socket as unknown as LinkSocket;
  };
  const ignore = (): void => undefined;
  const sync = await new Promise<NoteSync>((resolve) => {
    const one = new NoteSync({
      noteId,
      url: syncUrl(visitor.origin, noteId, SCHEMA_VERSION),
      platform: {
        ...{ clock: systemClock, random: () => 0, openSocket, online: () => true, indexedDB: null },
        onWake: () => () => undefined,
        tellTabs: ignore,
        keepStorage: ignore,
      },
      on: { state: ignore, ready: () => resolve(one), here: ignore, factsChanged: ignore, beforeOthers: () => true },
    });
    void one.start();
  });
  const shared = sync.doc.getText('test');
  return {
    get text() {
      return shared.toJSON();
    },
    get saved() {
      return sync.unsaved === 0;
    },
    get opened() {
      return opened;
    },
    refused,
    async write(name, count) {
      for (let i = 0; i < count; i++) {
        shared.insert(shared.length, `⟨${name}${i}⟩`);
        await new Promise((resume) => setImmediate(resume));
      }
    },
    async until(holds) {
      const limit = performance.now() + PATIENCE_MS;
      while (!holds()) {
        if (performance.now() > limit) throw new Error(`Not within ${PATIENCE_MS / 1000} s: ${shared.toJSON()}`);
        await new Promise((resume) => setTimeout(resume, LOOK_MS));
      }
    },
    close: () => sync.close(),
  };
}
