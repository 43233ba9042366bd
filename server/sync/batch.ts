import type * as Y from 'yjs';
import { type Close, CLOSES } from '#core/wire/closes.ts';
import type { NewUpdate } from '../store/log.ts';
import { TooCostly, withinEffort } from './effort.ts';
import { judge } from './guard.ts';
import type { Limits } from './limits.ts';
import { merged, type NoteState } from './note-state.ts';
import type { Offer, Peer } from './peer.ts';

/** What one window brought to disk. */
export interface Committed {
  /** All of it in one update, null when nothing changed. */
  update: Uint8Array | null;
  authors: ReadonlySet<Peer>;
  /** Frames that are settled now, unchanged ones included. */
  settled: readonly Offer[];
  /** Frames that changed something. */
  changes: number;
  seq: number;
  rows: number;
  bytes: number;
  /** True when peers may have made outcomes or changed what they are. */
  outcomes: boolean;
}

/** A change by the server itself, in somebody's name or its own. It sees the document as it is when its turn comes. */
export interface Edit {
  actor: string;
  change(doc: Y.Doc): void;
  /** On disk, or given up. */
  settle(stored: boolean): void;
}

export interface BatchParts {
  state: NoteState;
  /** clientID -> actor, as stored; grows with what is committed. */
  owners: Map<number, string>;
  limits: Limits;
  /** The actor whose caret goes by a clientID that has written nothing yet: everyone can read it there. */
  caretOf(clientId: number): string | undefined;
  /** The frame waits for what is missing before it. */
  held(offer: Offer): void;
  /** A number for a clientID of the server's own. */
  newClientId(): number;
}

/** One window's frames: judged and applied at once, in the order they came; then the server's own edits. */
export class Batch {
  readonly rows: NewUpdate[] = [];
  readonly binds: [number, string][] = [];
  seq = 0;
  readonly #parts: BatchParts;
  readonly #accepted: Offer[] = [];
  readonly #settled: Offer[] = [];
  #outcomes = false;
  #edits = 0;

  constructor(parts: BatchParts, offers: readonly Offer[], edits: readonly Edit[] = []) {
    this.#parts = parts;
    for (const offer of offers) {
      if (!offer.peer.refused) this.#admit(offer);
    }
    this.#makeRows();
    // Last: a frame that has to be taken back would take an edit before it along.
    for (const edit of edits) this.#edit(edit);
  }

  result(): Committed {
    const update = this.rows.length === 0 ? null : merged(this.rows.map((row) => row.payload));
    return {
      update,
      authors: new Set(this.#accepted.map((offer) => offer.peer)),
      settled: this.#settled,
      changes: this.#accepted.length + this.#edits,
      seq: this.seq,
      rows: this.rows.length,
      bytes: this.rows.reduce((sum, row) => sum + row.payload.length, 0),
      outcomes: this.#outcomes,
    };
  }

  #admit(offer: Offer): void {
    const asked = offer.peer.gap?.asked ?? false;
    if (isEmpty(offer.update)) this.#settled.push(offer);
    else this.#judge(offer);
    if (offer.step2) this.#heldAgain(offer.peer, asked);
  }

  /** The peer sent all it has. When it was asked for that because of a gap, a gap that is still open will not close. */
  #heldAgain(peer: Peer, asked: boolean): void {
    const held = peer.held ?? [];
    peer.held = null;
    peer.heldBytes = 0;
    for (const waiting of held) if (!peer.refused) this.#judge(waiting);
    if (!peer.held) peer.gap = null;
    else if (asked) peer.close(CLOSES.gap);
  }

  #judge(offer: Offer): void {
    const { state, owners, limits } = this.#parts;
    const { peer, update } = offer;
    const actor = peer.admission.actor.id;
    const known = {
      clock: (clientId: number) => state.clock(clientId),
      owner: (clientId: number) => owners.get(clientId) ?? this.#otherCaret(clientId, actor),
    };
    const verdict = judge(update, known, actor);
    switch (verdict.kind) {
      case 'unreadable':
        return peer.close(CLOSES.malformed);
      case 'foreign':
        return peer.close(CLOSES.foreignClientId);
      case 'gap':
        return this.#parts.held(offer);
      case 'pass':
        if (verdict.fresh.length > limits.newClientIds) return peer.close(CLOSES.tooLarge);
        if (verdict.grows && state.bytes > limits.noteBytes && this.#tooLarge()) return peer.close(CLOSES.tooLarge);
        return this.#apply(offer, verdict, actor);
    }
  }

  #otherCaret(clientId: number, actor: string): string | undefined {
    const holder = this.#parts.caretOf(clientId);
    return holder === actor ? undefined : holder;
  }

  #apply(offer: Offer, { fresh, outcomes }: { fresh: readonly number[]; outcomes: boolean }, actor: string): void {
    const { state } = this.#parts;
    let applied: ReturnType<NoteState['apply']> | 'threw';
    let close: Close = CLOSES.malformed;
    try {
      applied = withinEffort(() => state.apply(offer.update));
    } catch (error) {
      if (error instanceof TooCostly) close = CLOSES.tooCostly;
      applied = 'threw';
    }
    // The guard saw that nothing is missing: what waits all the same waits for itself, and no honest update does.
    if (applied === 'threw' || applied === 'pending') {
      this.#rollBack();
      return offer.peer.close(close);
    }
    this.#settled.push(offer);
    if (applied === 'unchanged') return;
    this.#accepted.push(offer);
    this.#outcomes ||= outcomes;
    for (const clientId of fresh) this.#bind(clientId, actor);
  }

  #bind(clientId: number, actor: string): void {
    this.#parts.owners.set(clientId, actor);
    this.binds.push([clientId, actor]);
  }

  /** Under a clientID that is used for edits in this actor's name alone. */
  #edit({ actor, change }: Edit): void {
    const { state } = this.#parts;
    const clientId = state.editors.get(actor) ?? this.#freeClientId();
    const payload = state.edit(clientId, change);
    if (payload === null) return;
    if (!state.editors.has(actor)) this.#bind(clientId, actor);
    state.editors.set(actor, clientId);
    this.rows.push({ actor, payload });
    this.#edits++;
  }

  #freeClientId(): number {
    const { state, owners, caretOf, newClientId } = this.#parts;
    for (;;) {
      const clientId = newClientId();
      if (!owners.has(clientId) && caretOf(clientId) === undefined && state.clock(clientId) === 0) return clientId;
    }
  }

  /** The document took in a part of something it must not hold: back to committed bytes plus what this batch accepted. */
  #rollBack(): void {
    this.#parts.state.rebuild();
    for (const { update } of this.#accepted) this.#parts.state.apply(update);
  }

  /** The byte count is an upper estimate; refuse only by the true size, with what this batch took in so far. */
  #tooLarge(): boolean {
    const { state, limits } = this.#parts;
    const bytes = this.#accepted.length > 0 ? state.sizeOfDoc() : state.measure();
    return bytes > limits.noteBytes;
  }

  /** One row per connection, so that the row's actor is exact. */
  #makeRows(): void {
    const byPeer = new Map<Peer, Uint8Array[]>();
    for (const { peer, update } of this.#accepted) {
      const updates = byPeer.get(peer);
      if (updates) updates.push(update);
      else byPeer.set(peer, [update]);
    }
    for (const [peer, updates] of byPeer) this.rows.push({ actor: peer.admission.actor.id, payload: merged(updates) });
  }
}

/** No structs and no deletions. */
function isEmpty(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0;
}
