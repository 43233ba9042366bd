import * as Y from 'yjs';
import { SCHEMA_VERSION } from '#core/note/schema.ts';
import type { Close } from '#core/wire/closes.ts';
import { decodeMessage } from '#core/wire/codec.ts';
import { NoteSync, syncUrl } from '#lib/note/note-sync.ts';
import type { LinkSocket, Platform } from '#lib/note/platform.ts';
import type { SaveState } from '#lib/note/save-state.ts';
import type { Connection, Rooms } from '#server/sync/rooms.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import type { Random } from '../support/random.ts';

/** A frame that waits may say nothing for this long (CL2). */
const SILENCE_MS = 8_000;
/** The server hears of a peer that is gone without a goodbye by then. */
const GHOST_MS = 30_000;
/** States in which a person is not told that changes wait. */
const CALM = new Set<SaveState['kind']>(['opening', 'saved', 'writing', 'saving']);

export interface OwnClientParts {
  noteId: string;
  device: string;
  clientId: number;
  /** Of the page's code; this version's by default. */
  schema?: number;
  clock: FakeClock;
  random: Random;
  /** The server that runs now. */
  rooms(): Rooms;
  /** The next clock of a clientID that is not on disk. */
  onDisk(clientId: number): number;
}

/** The browser's half as it runs, on a network and a clock that the run moves. It connects by itself, as it does in a page. */
export class OwnClient {
  readonly doc = new Y.Doc();
  readonly sync: NoteSync;
  readonly options = { acks: true };
  state: SaveState = { kind: 'opening' };
  /** I8: what was shown and not true. */
  readonly lies: string[] = [];
  readonly #parts: OwnClientParts;
  #skew = 0;
  #link: Link | null = null;
  #changes = 0;
  #wake: () => void = () => undefined;

  constructor(parts: OwnClientParts) {
    this.#parts = parts;
    const { noteId, clock, random, clientId, schema = SCHEMA_VERSION } = parts;
    this.doc.clientID = clientId;
    const platform: Platform = {
      clock: {
        now: () => clock.now() + this.#skew,
        elapsed: () => clock.elapsed(),
        after: (ms, run) => clock.after(ms, run),
      },
      ...{ random: () => random.next(), indexedDB: null, online: () => true, keepStorage: () => undefined },
      openSocket: () => (this.#link = new Link(parts)),
      onWake: (run) => {
        this.#wake = run;
        return () => undefined;
      },
      tellTabs: () => undefined,
    };
    const ignore = (): void => undefined;
    this.sync = new NoteSync({
      ...{ noteId, platform, doc: this.doc, url: syncUrl('http://sim', noteId, schema) },
      on: {
        state: (state) => this.#shows(state),
        ...{ ready: ignore, here: ignore, factsChanged: ignore, beforeOthers: () => true },
      },
    });
    this.doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      if (local) this.#watch(++this.#changes);
    });
    void this.sync.start();
  }

  get connected(): boolean {
    return this.state.kind === 'saved' && this.#link?.alive === true;
  }

  get closedBy(): Close | null {
    return this.#link?.closedBy ?? null;
  }

  get toServer(): Uint8Array[] {
    return this.#link?.toServer ?? [];
  }

  get toClient(): Uint8Array[] {
    return this.#link?.toClient ?? [];
  }

  get frames(): Map<number, number>[] {
    return this.#link?.frames ?? [];
  }

  get acked(): number {
    return this.#link?.acked ?? 0;
  }

  get sent(): number {
    return this.frames.length;
  }

  /** The browser says that the network came back. */
  connect(): void {
    this.#wake();
  }

  deliverToServer(): void {
    this.#link?.deliverToServer();
  }

  deliverToClient(): void {
    this.#link?.deliverToClient();
  }

  present(state: { cursor: unknown }): void {
    this.sync.awareness.setLocalStateField('cursor', state.cursor);
  }

  /** The connection breaks and both ends know. */
  cut(): void {
    this.#link?.breakOff({ code: 1006, reason: '' }, true);
  }

  serverDied(): void {
    this.#link?.breakOff({ code: 1006, reason: '' }, false);
  }

  halfOpen(): void {
    this.#link?.fallSilent();
  }

  /** The clock of this machine is set. */
  jump(ms: number): void {
    this.#skew += ms;
  }

  close(): Promise<void> {
    return this.sync.close();
  }

  #shows(state: SaveState): void {
    this.state = state;
    if (state.kind !== 'saved') return;
    const own = Y.getState(this.doc.store, this.doc.clientID);
    const onDisk = this.#parts.onDisk(this.doc.clientID);
    if (onDisk < own) this.lies.push(`I8: Saved was shown with ${own - onDisk} characters not on disk`);
  }

  #watch(change: number): void {
    this.#parts.clock.after(SILENCE_MS, () => {
      if (change > this.#changes - this.sync.unsaved && CALM.has(this.state.kind))
        this.lies.push(`I8: change ${change} was not saved for 8 s, and "${this.state.kind}" was shown`);
    });
  }
}

/** A WebSocket between the halves. Opening, frames and their loss are moved by the run. */
class Link implements LinkSocket {
  binaryType = '';
  onopen: LinkSocket['onopen'] = null;
  onmessage: LinkSocket['onmessage'] = null;
  onclose: LinkSocket['onclose'] = null;
  onerror: LinkSocket['onerror'] = null;
  readonly toServer: Uint8Array[] = [];
  readonly toClient: Uint8Array[] = [];
  /** Clocks reached by each frame that acks count, and how many of them were acked. */
  readonly frames: Map<number, number>[] = [];
  acked = 0;
  closedBy: Close | null = null;
  alive = true;
  readonly #parts: OwnClientParts;
  #connection: Connection | null = null;

  constructor(parts: OwnClientParts) {
    this.#parts = parts;
  }

  send(frame: Uint8Array): void {
    if (!this.#connection && this.alive) throw new Error('sent on a socket that is not open');
    const message = decodeMessage(frame);
    if (message.kind === 'update' || message.kind === 'sync-step-2')
      this.frames.push(Y.parseUpdateMeta(message.update).to);
    if (this.alive) this.toServer.push(frame.slice());
  }

  close(): void {
    this.breakOff(null, true);
  }

  deliverToServer(): void {
    if (!this.alive) return;
    if (!this.#connection) return this.#open();
    const frame = this.toServer.shift();
    if (frame) this.#connection.receive(frame);
  }

  deliverToClient(): void {
    const frame = this.toClient.shift();
    if (!frame) return;
    const message = decodeMessage(frame);
    if (message.kind === 'ack') this.acked = message.count;
    this.onmessage?.({ data: frame.slice().buffer });
  }

  /** Nothing moves any more and the client is not told; the server gives the peer up after a while. */
  fallSilent(): void {
    const connection = this.#connection;
    if (!this.alive) return;
    this.#end();
    if (connection) this.#parts.clock.after(GHOST_MS, () => connection.closed());
  }

  /** @param told null: this end closed it */
  breakOff(told: { code: number; reason: string } | null, serverTold: boolean): void {
    if (this.alive && serverTold) this.#connection?.closed();
    this.#end();
    if (told) this.onclose?.(told);
  }

  #end(): void {
    this.alive = false;
    this.toServer.length = 0;
    this.toClient.length = 0;
  }

  #open(): void {
    const { noteId, device, rooms, schema = SCHEMA_VERSION } = this.#parts;
    const actor = { id: device, name: device, organizer: false, loopback: true };
    this.#connection = rooms().join(
      {
        send: (packet, second) => {
          if (this.alive) this.toClient.push(...packet.messages, ...(second?.messages ?? []));
        },
        close: (close) => {
          if (!this.alive) return;
          this.closedBy = close;
          this.breakOff(close, true);
        },
        pause: () => undefined,
        resume: () => undefined,
        queuedBytes: 0,
      },
      { kind: 'admit', noteId, actor, shownName: device, canWrite: true, acks: true, schema },
    );
    this.onopen?.(undefined as never);
  }
}
