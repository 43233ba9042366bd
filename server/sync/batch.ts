import { CLOSES } from '#core/wire/closes.ts';
import type { NewUpdate } from '../store/log.ts';
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
}

/** One window's frames: judged and applied at once, in the order they came. */
export class Batch {
  readonly rows: NewUpdate[] = [];
  readonly binds: [number, string][] = [];
  seq = 0;
  readonly #parts: BatchParts;
  readonly #accepted: Offer[] = [];
  readonly #settled: Offer[] = [];

  constructor(parts: BatchParts, offers: readonly Offer[]) {
    this.#parts = parts;
    for (const offer of offers) {
      if (!offer.peer.refused) this.#admit(offer);
    }
    this.#makeRows();
  }

  result(): Committed {
    const update = this.rows.length === 0 ? null : merged(this.rows.map((row) => row.payload));
    return {
      update,
      authors: new Set(this.#accepted.map((offer) => offer.peer)),
      settled: this.#settled,
      changes: this.#accepted.length,
      seq: this.seq,
      rows: this.rows.length,
      bytes: this.rows.reduce((sum, row) => sum + row.payload.length, 0),
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
        return this.#apply(offer, verdict.fresh, actor);
    }
  }

  #otherCaret(clientId: number, actor: string): string | undefined {
    const holder = this.#parts.caretOf(clientId);
    return holder === actor ? undefined : holder;
  }

  #apply(offer: Offer, fresh: readonly number[], actor: string): void {
    const { state, owners } = this.#parts;
    let applied: ReturnType<NoteState['apply']> | 'threw';
    try {
      applied = state.apply(offer.update);
    } catch {
      applied = 'threw';
    }
    // The guard saw that nothing is missing: what waits all the same waits for itself, and no honest update does.
    if (applied === 'threw' || applied === 'pending') {
      this.#rollBack();
      return offer.peer.close(CLOSES.malformed);
    }
    this.#settled.push(offer);
    if (applied === 'unchanged') return;
    this.#accepted.push(offer);
    for (const clientId of fresh) {
      owners.set(clientId, actor);
      this.binds.push([clientId, actor]);
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
