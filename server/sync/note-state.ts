import * as Y from 'yjs';
import { applyExactly } from '#core/note/apply.ts';
import { encodeMessage } from '#core/wire/codec.ts';
import type { LoadedNote } from '../store/log.ts';
import { Packet } from './socket.ts';

/** When the tail is longer than this, the next full reply starts from a fresh encoding of the document. */
const TAIL_ROWS = 400;
const TAIL_BYTES = 128_000;
/** Replies to peers that know a part are kept per state vector until the note changes: a reconnect storm asks the same thing. */
const REPLIES_KEPT = 32;
/** Of these, with their state vectors, in bytes: a peer can make up as many large ones as it likes. */
const REPLIES_BYTES = 4_000_000;

/** What an applied update did. */
export type Applied = 'changed' | 'unchanged' | 'pending';

/**
 * The state of one note in memory: committed bytes, and a Y.Doc made from them only when something needs one. After a restart
 * a room full of people can be answered from the stored bytes at once (SY16).
 */
export class NoteState {
  /** The clientIDs of the server's own edits, by the actor in whose name they are. */
  readonly editors = new Map<string, number>();
  #base: Uint8Array;
  #tail: Uint8Array[];
  #tailBytes = 0;
  #doc: Y.Doc | null = null;
  #changed = false;
  #full: Packet | null = null;
  #question: Packet | null = null;
  readonly #replies = new Map<string, Packet>();
  #repliesBytes = 0;

  constructor(loaded: Pick<LoadedNote, 'snapshot' | 'tail'>) {
    const [first, ...rest] = loaded.snapshot ? [loaded.snapshot, ...loaded.tail] : loaded.tail;
    this.#base = first ?? EMPTY;
    this.#tail = rest;
    for (const update of rest) this.#tailBytes += update.length;
  }

  /** Bytes of the whole state; an upper estimate while a tail waits to be encoded. */
  get bytes(): number {
    return this.#base.length + this.#tailBytes;
  }

  get hasDoc(): boolean {
    return this.#doc !== null;
  }

  /** The document. Made on first use. Holds applied but uncommitted updates while a batch is on its way to the store. */
  get doc(): Y.Doc {
    return (this.#doc ??= this.#build());
  }

  /** Throws what Yjs throws on bytes it cannot read; the document is then unusable until `rebuild`. */
  apply(update: Uint8Array): Applied {
    const doc = this.doc;
    this.#changed = false;
    applyExactly(doc, [update], 'peer');
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return 'pending';
    return this.#changed ? 'changed' : 'unchanged';
  }

  /** Makes a change under this clientID; what it did as an update, null when that is nothing. A throw is a bug of ours. */
  edit(clientId: number, change: (doc: Y.Doc) => void): Uint8Array | null {
    const { doc } = this;
    let made: Uint8Array | null = null;
    const take = (update: Uint8Array): void => void (made = update);
    doc.clientID = clientId;
    doc.on('update', take);
    try {
      doc.transact(() => change(doc), 'server');
    } finally {
      doc.off('update', take);
    }
    return made;
  }

  /** The next clock expected from a clientID. */
  clock(clientId: number): number {
    return Y.getState(this.doc.store, clientId);
  }

  /** These updates, already applied, are on disk now and belong to what peers are told. */
  committed(updates: readonly Uint8Array[]): void {
    for (const update of updates) {
      this.#tail.push(update);
      this.#tailBytes += update.length;
    }
    this.#full = null;
    this.#question = null;
    this.#forgetReplies();
  }

  /** Throws the document away and makes it again from committed bytes. */
  rebuild(): void {
    this.#doc?.destroy();
    this.#doc = null;
  }

  /**
   * Everything, for a peer with an empty document. Only while nothing uncommitted is applied.
   */
  full(): Packet {
    if (this.#full) return this.#full;
    if (this.#doc && (this.#tail.length > TAIL_ROWS || this.#tailBytes > TAIL_BYTES)) this.#encode(this.#doc);
    // The tail goes first and waits in the peer's document for what it hangs on: a stock client takes the sync-step-2 for the
    // end, so nothing may come after it.
    const tail = this.#tail.length > 0 ? [encodeMessage({ kind: 'update', update: merged(this.#tail) })] : [];
    return (this.#full = new Packet([...tail, encodeMessage({ kind: 'sync-step-2', update: this.#base })]));
  }

  /** What a peer with this state vector lacks. Throws on bytes that are not a state vector. Only while nothing uncommitted is applied. */
  missing(stateVector: Uint8Array): Packet {
    if (isEmptyVector(stateVector)) return this.full();
    const key = Buffer.from(stateVector).toString('latin1');
    const kept = this.#replies.get(key);
    if (kept) return kept;
    const update = Y.encodeStateAsUpdate(this.doc, stateVector);
    const packet = new Packet([encodeMessage({ kind: 'sync-step-2', update })]);
    this.#repliesBytes += key.length + update.length;
    if (this.#replies.size >= REPLIES_KEPT || this.#repliesBytes > REPLIES_BYTES) {
      this.#forgetReplies();
      this.#repliesBytes = key.length + update.length;
    }
    this.#replies.set(key, packet);
    return packet;
  }

  /** Sync step 1: "this is what I have". Only while nothing uncommitted is applied. */
  question(): Packet {
    return (this.#question ??= new Packet([
      encodeMessage({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(this.doc) }),
    ]));
  }

  /** Shrinks the estimate of `bytes` to the truth. Only while nothing uncommitted is applied. */
  measure(): number {
    this.#encode(this.doc);
    return this.bytes;
  }

  /** Bytes of the document with what is applied but not committed yet. Costs an encoding. */
  sizeOfDoc(): number {
    return Y.encodeStateAsUpdate(this.doc).length;
  }

  destroy(): void {
    this.rebuild();
    this.#forgetReplies();
    this.#full = null;
  }

  #forgetReplies(): void {
    this.#replies.clear();
    this.#repliesBytes = 0;
  }

  #encode(doc: Y.Doc): void {
    this.#base = Y.encodeStateAsUpdate(doc);
    this.#tail = [];
    this.#tailBytes = 0;
    this.#full = null;
  }

  #build(): Y.Doc {
    const doc = new Y.Doc({ gc: true });
    applyExactly(doc, [this.#base, ...this.#tail], 'store');
    doc.on('afterTransaction', (transaction) => {
      this.#changed ||= transaction.deleteSet.clients.size > 0 || grew(transaction.beforeState, transaction.afterState);
    });
    return doc;
  }
}

/** A Yjs update that says nothing. */
const EMPTY = new Uint8Array([0, 0]);

export function merged(updates: readonly Uint8Array[]): Uint8Array {
  const [only] = updates;
  return updates.length === 1 && only ? only : Y.mergeUpdates([...updates]);
}

/** A state vector is a count and pairs; the count 0 alone is the empty one. */
function isEmptyVector(stateVector: Uint8Array): boolean {
  return stateVector.length === 0 || (stateVector.length === 1 && stateVector[0] === 0);
}

function grew(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): boolean {
  for (const [clientId, clock] of after) if (before.get(clientId) !== clock) return true;
  return false;
}
