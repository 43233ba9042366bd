import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '#core/note/schema.ts';
import { NoteSync, syncUrl } from '#lib/note/note-sync.ts';
import type { LinkSocket, Platform } from '#lib/note/platform.ts';
import type { SaveState } from '#lib/note/save-state.ts';
import type { Clock } from '#server/clock.ts';
import { insertText } from '../fuzz/edit.ts';
import type { Random } from '../support/random.ts';

/** States in which a person is not told that changes wait for the server. */
const CALM = new Set<SaveState['kind']>(['opening', 'saved', 'writing', 'saving']);

export interface VenueTabParts {
  number: number;
  noteId: string;
  port: number;
  clock: Clock;
  random: Random;
  /** The next clock of a clientID that is not on the server's disk. */
  onDisk(clientId: number): number;
}

/** Our own client in a bad network, and a person who types and believes what it says. */
export class VenueTab {
  readonly sync: NoteSync;
  readonly typed: string[] = [];
  /** I8: what was on screen when it was not true. */
  readonly lies: string[] = [];
  /** The longest that a change waited for the server while nothing was said of it, milliseconds. */
  silent = 0;
  state: SaveState = { kind: 'opening' };
  readonly #parts: VenueTabParts;
  /** When each of `typed` was. */
  readonly #typedAt: number[] = [];
  #wake: () => void = () => undefined;
  #changed: (() => void)[] = [];

  constructor(parts: VenueTabParts) {
    this.#parts = parts;
    const { noteId, port, clock, random } = parts;
    const platform: Platform = {
      ...{ clock, random: () => random.next(), indexedDB: null, online: () => true },
      openSocket: (url, protocol) => new WebSocket(url, [protocol]) as unknown as LinkSocket,
      onWake: (run) => {
        this.#wake = run;
        return () => undefined;
      },
      tellTabs: () => undefined,
      keepStorage: () => undefined,
    };
    const ignore = (): void => undefined;
    this.sync = new NoteSync({
      ...{ noteId, platform, url: syncUrl(`http://127.0.0.1:${port}`, noteId, SCHEMA_VERSION) },
      on: {
        state: (state) => this.#stateIs(state),
        ...{ ready: ignore, here: ignore, factsChanged: ignore, beforeOthers: () => true },
      },
    });
  }

  type(): void {
    const { number, random, clock } = this.#parts;
    const token = `⟨${number}.${this.typed.length}⟩`;
    this.typed.push(token);
    this.#typedAt.push(clock.elapsed());
    insertText(this.sync.doc, random.int(40), 0, token);
  }

  /** Tokens that the server said are on its disk. Each is one change. */
  get acked(): string[] {
    return this.typed.slice(0, this.typed.length - this.sync.unsaved);
  }

  /** Notes how long the oldest change without an ack has waited in silence. */
  look(): void {
    const oldest = this.#typedAt[this.typed.length - this.sync.unsaved];
    if (oldest === undefined || !CALM.has(this.state.kind)) return;
    this.silent = Math.max(this.silent, this.#parts.clock.elapsed() - oldest);
  }

  /** The browser says that the network is back. */
  networkIsBack(): void {
    this.#wake();
  }

  /** Resolves when it shows one of these. */
  async until(...kinds: SaveState['kind'][]): Promise<void> {
    while (!kinds.includes(this.state.kind)) await new Promise<void>((changed) => this.#changed.push(changed));
  }

  #stateIs(state: SaveState): void {
    this.look();
    this.state = state;
    const { doc } = this.sync;
    const own = Y.getState(doc.store, doc.clientID);
    if (state.kind === 'saved' && this.#parts.onDisk(doc.clientID) < own)
      this.lies.push(`tab ${this.#parts.number} said saved with ${own - this.#parts.onDisk(doc.clientID)} not on disk`);
    for (const changed of this.#changed.splice(0)) changed();
  }
}
