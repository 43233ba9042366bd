import { applyAwarenessUpdate, removeAwarenessStates, type Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { encodeMessage } from '#core/wire/codec.ts';
import type { Here, Message } from '#core/wire/messages.ts';
import { AckLedger } from './ack-ledger.ts';
import { covers } from './covers.ts';
import { bodyOf, decoded } from './frames.ts';
import { OwnPresence } from './own-presence.ts';
import type { Platform } from './platform.ts';
import { type Link, ServerLink } from './server-link.ts';
import type { Trouble } from './trouble.ts';

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
  /** What this document lacked has come: `apply` takes it in. */
  answered(update: Uint8Array, apply: () => void): void;
}

/**
 * One note's way to the server: sync steps, updates, presence and counted acks, on a link that comes back by itself. Knows nothing
 * of the page. The document's updates are applied with this object as their origin.
 */
export class NoteConnection {
  readonly ledger: AckLedger;
  readonly #parts: ConnectionParts;
  readonly #presence: OwnPresence;
  readonly #server: ServerLink;
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

  constructor(parts: ConnectionParts) {
    const { url, platform, awareness } = parts;
    this.#parts = parts;
    this.ledger = new AckLedger(parts.unsent);
    this.#kept = parts.unsent;
    this.#presence = new OwnPresence(awareness, platform.clock, (entry) =>
      this.#send({ kind: 'awareness', entries: [entry] }),
    );
    this.#server = new ServerLink({
      ...{ url, platform },
      changed: () => this.#parts.changed(),
      opened: () => this.#opened(),
      heard: (frame) => this.#heard(frame),
      gone: () => this.#gone(),
      ask: () => this.#ask(),
      oldestSentAt: () => this.ledger.oldestSentAt,
    });
  }

  get link(): Link {
    return this.#server.link;
  }

  /** Why changes are not being saved; null while they are. */
  get trouble(): Trouble | null {
    return this.#server.trouble;
  }

  /** All there is to save is saved, and the server's text is here. */
  get allSaved(): boolean {
    return this.#server.isSynced && this.ledger.unsaved === 0 && !this.ledger.waiting;
  }

  start(): void {
    this.#server.open();
  }

  /** Ends for good. Unacked changes stay in the browser's copy. */
  close(): void {
    this.#presence.destroy();
    this.#server.close();
  }

  /** A person asks for a try at once. */
  retryNow(): void {
    this.#server.retryNow();
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
    this.#server.arm();
  }

  #opened(): void {
    this.#ask();
    this.#presence.opened();
  }

  #ask(): void {
    this.#send({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(this.#parts.doc) });
  }

  #heard(frame: Uint8Array): void {
    const message = decoded(frame);
    // Not our server, or bytes broken on the way. The log has the truth: ask for it again on a new connection.
    if (message) this.#receive(message, frame);
    else this.#server.drop('bad-frame');
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
        this.#parts.answered(message.update, () => Y.applyUpdate(doc, message.update, this));
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
    while (next && (beforeOthers(next) || !this.#server.isSynced)) {
      this.#held.shift();
      Y.applyUpdate(doc, next, this);
      next = this.#held[0];
    }
    if (this.#server.isSynced && doc.store.pendingStructs) this.#server.probe();
    this.#lookSynced();
  }

  /** The server may answer in several frames; its own question says when all of them are here. */
  #lookSynced(): void {
    if (!this.#server.isOpen || this.#server.isSynced || !this.#answered || !this.#serverHas) return;
    if (!covers(this.#parts.doc, this.#serverHas)) return;
    if (this.ledger.unsaved === 0) this.#server.healed();
    this.#server.synced();
  }

  #acked(count: number): void {
    if (!this.ledger.acked(count)) return this.#server.drop('bad-frame');
    this.#server.healed();
    this.#parts.saved(this.ledger.saved);
    this.#parts.changed();
  }

  /** Sends what may go out: first the answer to the server's question, then each change once this browser has kept it. */
  #flush(): void {
    if (!this.#server.isOpen) return;
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
    this.#server.arm();
  }

  #send(message: Message): void {
    this.#server.send(encodeMessage(message));
  }

  /** What was under way on the last connection; the next one begins anew. */
  #gone(): void {
    this.#greeted = false;
    this.#asked = null;
    this.#serverHas = null;
    this.#answered = false;
    this.#queue = [];
    this.#held = [];
    this.ledger.connectionLost();
    this.#presence.closed();
    this.#forgetOthers();
  }

  /** Others' carets are unknown now. Their clocks go too, or the same caret would not be taken back after a reconnect. */
  #forgetOthers(): void {
    const { awareness } = this.#parts;
    const others = [...awareness.meta.keys()].filter((id) => id !== awareness.clientID);
    removeAwarenessStates(awareness, others, this);
    for (const id of others) awareness.meta.delete(id);
  }
}
