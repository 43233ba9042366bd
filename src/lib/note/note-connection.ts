import { applyAwarenessUpdate, removeAwarenessStates, type Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { encodeMessage } from '#core/wire/codec.ts';
import { SUBPROTOCOL, type Here, type Message } from '#core/wire/messages.ts';
import { AckLedger } from './ack-ledger.ts';
import { retryDelay } from './backoff.ts';
import { bodyOf, decoded } from './frames.ts';
import { OwnPresence } from './own-presence.ts';
import type { LinkSocket, Platform } from './platform.ts';
import { finalClose, tryAgainReason, type FinalClose, type Trouble } from './trouble.ts';

/** A frame without an ack for this long means "Not saved" and a new connection. Under the promised 8 s, to leave time to paint. */
const NO_ACK_MS = 7_500;
/** The server sends something at least every 20 s (SY12). */
const SILENCE_MS = 25_000;
/** Opening and the first exchange may take this long each. */
const OPENING_MS = 10_000;
/** After a possible sleep the server has this long to prove that the link is alive. */
const PROBE_MS = 4_000;
/** How often the two clocks are compared, and the difference that means "this machine slept". */
const LOOK_EVERY_MS = 5_000;
const SLEPT_MS = 10_000;

export type Link =
  /** No socket. `nextTryAt` is in `clock.now()`. */
  | { kind: 'waiting'; nextTryAt: number }
  | { kind: 'opening' }
  /** The socket is open. `synced`: the server's text is here. */
  | { kind: 'open'; synced: boolean }
  /** The server said that coming back as we are makes no sense. */
  | { kind: 'ended'; close: FinalClose }
  | { kind: 'closed' };

export interface ConnectionParts {
  /** Absolute `ws:` or `wss:` address of the note. */
  url: string;
  doc: Y.Doc;
  awareness: Awareness;
  platform: Platform;
  /** Changes that an earlier visit left unsent; the document already holds them. */
  unsent: number;
  /** Something that `link`, `trouble` or `ledger` show has changed. */
  changed(): void;
  /** All changes up to this number are on the server's disk. */
  saved(upTo: number): void;
  factsChanged(): void;
  hereChanged(here: Here): void;
  /** Called before text of others is applied, outside of any transaction. False: not now; `takeHeld` is called later. */
  beforeOthers(update: Uint8Array): boolean;
}

/**
 * One note's way to the server: sync steps, updates, presence, counted acks, and a link that never looks alive when it is not.
 * Knows nothing of the page. The document's updates are applied with this object as their origin.
 */
export class NoteConnection {
  readonly ledger: AckLedger;
  readonly #parts: ConnectionParts;
  readonly #presence: OwnPresence;
  readonly #stopWake: () => void;
  #link: Link = { kind: 'closed' };
  #trouble: Trouble | null = null;
  #socket: LinkSocket | null = null;
  /** Sync-step-2 went out on this connection; from then on changes go out as they come. */
  #greeted = false;
  /** The server's state vector, until it can be answered. */
  #asked: Uint8Array | null = null;
  /** The server's state vector when it asked last, and whether our own question was answered, on this connection. */
  #serverHas: Uint8Array | null = null;
  #answered = false;
  #queue: { change: number; update: Uint8Array }[] = [];
  /** Text of others that came at a bad moment, in order. A new connection brings it again. */
  #held: Uint8Array[] = [];
  /** All changes up to this number are in this browser's copy (CL1), or it has none. */
  #kept: number;
  #openedAt = 0;
  #heardAt = 0;
  #probeBy: number | null = null;
  #attempt = 0;
  #cancel: (() => void) | null = null;
  #lookedAt = { now: 0, elapsed: 0 };

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.ledger = new AckLedger(parts.unsent);
    this.#kept = parts.unsent;
    this.#presence = new OwnPresence(parts.awareness, parts.platform.clock, (entry) =>
      this.#send({ kind: 'awareness', entries: [entry] }),
    );
    this.#stopWake = parts.platform.onWake(() => this.#woken());
  }

  get link(): Link {
    return this.#link;
  }

  /** Why changes are not being saved; null while they are. */
  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** All there is to save is saved, and the server's text is here. */
  get allSaved(): boolean {
    return this.#isSynced() && this.ledger.unsaved === 0 && !this.ledger.waiting;
  }

  start(): void {
    this.#open();
  }

  /** Ends for good. Unacked changes stay in the browser's copy. */
  close(): void {
    this.#stopWake();
    this.#presence.destroy();
    this.#cancel?.();
    this.#letGo();
    this.#become({ kind: 'closed' });
  }

  /** A person asks for a try at once. */
  retryNow(): void {
    if (this.#link.kind === 'waiting') this.#open();
    else if (this.#link.kind === 'open') this.#probe();
  }

  /** The document was changed here. Returns the change's number; it goes out after `kept()` was told of it. */
  localChange(update: Uint8Array): number {
    const change = this.ledger.change();
    if (this.#greeted) this.#queue.push({ change, update });
    this.#parts.changed();
    return change;
  }

  /** This browser's copy has all changes up to this number on disk, or cannot keep them. */
  kept(change: number): void {
    this.#kept = Math.max(this.#kept, change);
    this.#flush();
    this.#arm();
  }

  #open(): void {
    const { platform, url } = this.#parts;
    this.#cancel?.();
    this.#openedAt = this.#heardAt = platform.clock.elapsed();
    this.#lookedAt = { now: platform.clock.now(), elapsed: platform.clock.elapsed() };
    const socket = platform.openSocket(url, SUBPROTOCOL);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#heard(event.data);
    socket.onclose = (event) => this.#lost(event.code, event.reason);
    socket.onerror = () => undefined;
    this.#socket = socket;
    this.#become({ kind: 'opening' });
    this.#arm();
  }

  #opened(): void {
    this.#openedAt = this.#heardAt = this.#parts.platform.clock.elapsed();
    this.#become({ kind: 'open', synced: false });
    this.#send({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(this.#parts.doc) });
    this.#presence.opened();
    this.#arm();
  }

  #heard(data: unknown): void {
    this.#heardAt = this.#parts.platform.clock.elapsed();
    this.#probeBy = null;
    const frame = new Uint8Array(data as ArrayBuffer);
    const message = decoded(frame);
    // Not our server, or bytes broken on the way. The log has the truth: ask for it again on a new connection.
    if (message) this.#receive(message, frame);
    else this.#drop('bad-frame');
    this.#arm();
  }

  #receive(message: Message, frame: Uint8Array): void {
    const { doc, awareness } = this.#parts;
    switch (message.kind) {
      case 'sync-step-1':
        this.#asked = message.stateVector.slice();
        this.#serverHas = this.#asked;
        this.#flush();
        return this.#lookSynced();
      case 'sync-step-2':
        this.#parts.beforeOthers(message.update);
        Y.applyUpdate(doc, message.update, this);
        this.#answered = true;
        return this.#lookSynced();
      case 'update':
        this.#held.push(message.update.slice());
        return this.takeHeld();
      case 'awareness':
        return applyAwarenessUpdate(awareness, bodyOf(frame), this);
      case 'ack':
        return this.#acked(message.count);
      case 'facts-changed':
        return this.#parts.factsChanged();
      case 'here':
        return this.#parts.hereChanged(message.here);
      case 'query-awareness':
        return;
    }
  }

  /** Applies the text of others that was held back, as far as it may be by now. */
  takeHeld(): void {
    const { doc, beforeOthers } = this.#parts;
    let next = this.#held[0];
    while (next && (beforeOthers(next) || !this.#isSynced())) {
      this.#held.shift();
      Y.applyUpdate(doc, next, this);
      next = this.#held[0];
    }
    if (this.#isSynced() && doc.store.pendingStructs) this.#probe();
    this.#lookSynced();
  }

  /** The server may answer in several frames; its own question says when all of them are here. */
  #lookSynced(): void {
    if (this.#link.kind !== 'open' || this.#link.synced || !this.#answered || !this.#serverHas) return;
    if (!covers(this.#parts.doc, this.#serverHas)) return;
    if (this.ledger.unsaved === 0) this.#healed();
    this.#become({ kind: 'open', synced: true });
  }

  #acked(count: number): void {
    if (!this.ledger.acked(count)) return this.#drop('bad-frame');
    this.#healed();
    this.#parts.saved(this.ledger.saved);
    this.#parts.changed();
  }

  #healed(): void {
    this.#trouble = null;
    this.#attempt = 0;
  }

  /** Sends what may go out: first the answer to the server's question, then each change once this browser has kept it. */
  #flush(): void {
    if (this.#link.kind !== 'open') return;
    if (this.#asked) {
      if (this.#kept < this.ledger.made) return;
      const update = Y.encodeStateAsUpdate(this.#parts.doc, this.#asked);
      this.#asked = null;
      this.#greeted = true;
      this.#queue = [];
      this.#sendCounted({ kind: 'sync-step-2', update }, this.ledger.made);
    }
    while (this.#queue[0] && this.#queue[0].change <= this.#kept) {
      const { change, update } = this.#queue[0];
      this.#queue.shift();
      this.#sendCounted({ kind: 'update', update }, change);
    }
  }

  #sendCounted(message: Message, upTo: number): void {
    this.ledger.frameSent(upTo, this.#parts.platform.clock.elapsed());
    this.#send(message);
    this.#arm();
  }

  #send(message: Message): void {
    if (this.#link.kind === 'open') this.#socket?.send(encodeMessage(message) as Uint8Array<ArrayBuffer>);
  }

  /** The socket closed by itself or by the server's word. */
  #lost(code: number, reason: string): void {
    const close = finalClose(code, reason);
    if (close) {
      this.#letGo();
      this.#trouble = null;
      this.#cancel?.();
      return this.#become({ kind: 'ended', close });
    }
    this.#drop(tryAgainReason(code, reason, this.#link.kind === 'open'));
  }

  /** Gives this socket up and waits for the next try. */
  #drop(why: Trouble['why']): void {
    const { clock, random } = this.#parts.platform;
    const since = this.#trouble?.since ?? this.#goodUntil();
    this.#letGo();
    this.#trouble = { why, since };
    this.#wait(retryDelay(this.#attempt++, random));
    this.#become({ kind: 'waiting', nextTryAt: clock.now() + this.#waitMs });
  }

  /** The last moment at which nothing spoke against the link, `clock.elapsed()`. */
  #goodUntil(): number {
    return this.ledger.oldestSentAt ?? this.#parts.platform.clock.elapsed();
  }

  #waitMs = 0;

  #wait(ms: number): void {
    this.#waitMs = ms;
    this.#cancel?.();
    this.#cancel = this.#parts.platform.clock.after(ms, () => this.#open());
  }

  /** Forgets the socket without waiting for its close event, which a dead network may hold back for minutes. */
  #letGo(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#greeted = false;
    this.#asked = null;
    this.#serverHas = null;
    this.#answered = false;
    this.#queue = [];
    this.#held = [];
    this.#probeBy = null;
    this.ledger.connectionLost();
    this.#presence.closed();
    this.#forgetOthers();
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** Others' carets are unknown now. Their clocks go too, or the same caret would not be taken back after a reconnect. */
  #forgetOthers(): void {
    const { awareness } = this.#parts;
    const others = [...awareness.meta.keys()].filter((id) => id !== awareness.clientID);
    removeAwarenessStates(awareness, others, this);
    for (const id of others) awareness.meta.delete(id);
  }

  /** The network came or went, the tab was shown again, the machine may have slept: trust nothing. */
  #woken(): void {
    if (this.#link.kind === 'waiting') {
      this.#attempt = 0;
      this.#wait(retryDelay(0, this.#parts.platform.random));
      return this.#become({ kind: 'waiting', nextTryAt: this.#parts.platform.clock.now() + this.#waitMs });
    }
    this.#look();
    if (this.#link.kind === 'open') this.#probe();
    this.#parts.changed();
  }

  /** Asks something the server must answer. */
  #probe(): void {
    if (this.#probeBy !== null) return;
    this.#probeBy = this.#parts.platform.clock.elapsed() + PROBE_MS;
    this.#send({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(this.#parts.doc) });
    this.#arm();
  }

  /** Is the link dead, or did the machine sleep? */
  #look(): void {
    const { clock } = this.#parts.platform;
    const elapsed = clock.elapsed();
    const now = clock.now();
    const slept = now - this.#lookedAt.now - (elapsed - this.#lookedAt.elapsed) > SLEPT_MS;
    this.#lookedAt = { now, elapsed };
    if (this.#socket && (slept || elapsed >= this.#deadline())) this.#drop('no-answer');
    else this.#arm();
  }

  /** When the present socket counts as dead, `clock.elapsed()`. */
  #deadline(): number {
    if (!this.#isSynced()) return this.#openedAt + OPENING_MS;
    const noAck = (this.ledger.oldestSentAt ?? Number.POSITIVE_INFINITY) + NO_ACK_MS;
    return Math.min(noAck, this.#heardAt + SILENCE_MS, this.#probeBy ?? Number.POSITIVE_INFINITY);
  }

  #arm(): void {
    if (!this.#socket) return;
    const { clock } = this.#parts.platform;
    this.#cancel?.();
    this.#cancel = clock.after(Math.min(LOOK_EVERY_MS, Math.max(0, this.#deadline() - clock.elapsed())), () =>
      this.#look(),
    );
  }

  #isSynced(): boolean {
    return this.#link.kind === 'open' && this.#link.synced;
  }

  #become(link: Link): void {
    this.#link = link;
    this.#parts.changed();
  }
}

/** Does the document hold all that this state vector names? */
function covers(doc: Y.Doc, stateVector: Uint8Array): boolean {
  return [...Y.decodeStateVector(stateVector)].every(([client, clock]) => Y.getState(doc.store, client) >= clock);
}
