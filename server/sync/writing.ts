import { type Close, CLOSES } from '#core/wire/closes.ts';
import type { Clock } from '../clock.ts';
import type { NewUpdate, UpdateLog } from '../store/log.ts';
import type { Counters } from './counters.ts';
import { judge } from './guard.ts';
import { type Limits, TIMES } from './limits.ts';
import { merged, type NoteState } from './note-state.ts';
import type { Offer, Peer } from './peer.ts';

/** What one window brought to disk. */
export interface Committed {
  /** All of it in one update, null when nothing changed. */
  update: Uint8Array | null;
  authors: ReadonlySet<Peer>;
  /** Frames that are settled now, unchanged ones included. */
  settled: readonly Offer[];
  seq: number;
  rows: number;
  bytes: number;
}

export interface WritingParts {
  noteId: string;
  log: UpdateLog;
  state: NoteState;
  /** clientID -> actor, as stored; grows with what is committed. */
  owners: Map<number, string>;
  clock: Clock;
  limits: Limits;
  counters: Counters;
  /** Milliseconds the next window may last. */
  window(): number;
  /** Called after commit only. */
  committed(result: Committed): void;
  /** The frame waits for what is missing before it. */
  held(offer: Offer): void;
  /** Nothing can be stored any more: everyone has to come again. */
  failed(close: Close): void;
}

/**
 * The write path of one room, one batch at a time: collect, judge, apply in memory, append, and only after the commit tell
 * anyone. Nothing that is not on disk leaves this file.
 */
export class Writing {
  readonly #parts: WritingParts;
  #queue: Offer[] = [];
  #queuedBytes = 0;
  #scheduled: (() => void) | null = null;
  #lastFlush = -Infinity;
  #inFlight = false;
  #stopped = false;
  #whenSettled: (() => void)[] = [];
  readonly #paused = new Set<Peer>();

  constructor(parts: WritingParts) {
    this.#parts = parts;
  }

  /** True when nothing waits and nothing is on its way. */
  get idle(): boolean {
    return !this.#inFlight && this.#queue.length === 0;
  }

  offer(offer: Offer): void {
    if (this.#stopped) return;
    this.#queue.push(offer);
    this.#queuedBytes += offer.update.length;
    if (this.#queuedBytes > this.#parts.limits.roomQueueBytes) {
      offer.peer.pause();
      this.#paused.add(offer.peer);
    }
    this.#schedule();
  }

  /** Runs now or right after the commit under way: whoever reads the document must not see what is not on disk. */
  settled(run: () => void): void {
    if (this.#inFlight) this.#whenSettled.push(run);
    else run();
  }

  /** Commits what waits without waiting for the window; resolves when all is on disk or given up. */
  async flush(): Promise<void> {
    while (!this.idle && !this.#stopped) {
      if (this.#inFlight) await new Promise<void>((done) => this.settled(done));
      else await this.#run();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#scheduled?.();
    this.#scheduled = null;
    this.#queue = [];
    const waiting = this.#whenSettled;
    this.#whenSettled = [];
    for (const run of waiting) run();
  }

  #schedule(): void {
    if (this.#scheduled || this.#inFlight || this.#queue.length === 0 || this.#stopped) return;
    const { clock } = this.#parts;
    const wait = Math.max(0, this.#lastFlush + this.#parts.window() - clock.elapsed());
    this.#scheduled = clock.after(wait, () => void this.#run());
  }

  async #run(): Promise<void> {
    this.#scheduled?.();
    this.#scheduled = null;
    if (this.#inFlight || this.#stopped) return;
    this.#lastFlush = this.#parts.clock.elapsed();
    this.#inFlight = true;
    const batch = new Batch(this.#parts, this.#takeQueue());
    const close = batch.rows.length === 0 ? null : await this.#append(batch);
    this.#inFlight = false;
    if (this.#stopped) return;
    if (close) return this.#parts.failed(close);
    if (batch.rows.length > 0) this.#parts.state.committed(batch.rows.map((row) => row.payload));
    this.#parts.committed(batch.result());
    this.#afterCommit();
  }

  #takeQueue(): Offer[] {
    const queue = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    for (const peer of this.#paused) peer.resume();
    this.#paused.clear();
    return queue;
  }

  #afterCommit(): void {
    const waiting = this.#whenSettled;
    this.#whenSettled = [];
    for (const run of waiting) run();
    this.#schedule();
  }

  /** Tries the same bytes for a while: a duplicate row merges to nothing. Returns why it was given up, null when stored. */
  async #append(batch: Batch): Promise<Close | null> {
    const { log, clock, noteId, counters } = this.#parts;
    const start = clock.elapsed();
    for (;;) {
      try {
        const outcome = await log.append({ noteId, updates: batch.rows, binds: batch.binds });
        if (outcome.kind === 'refused') return CLOSES.oldEpoch;
        batch.seq = outcome.seq;
        counters.commits++;
        counters.commitMs += clock.elapsed() - start;
        return null;
      } catch (error) {
        counters.storeErrors++;
        counters.lastStoreError = error instanceof Error ? error.message : String(error);
        if (clock.elapsed() - start > TIMES.storeRetry || this.#stopped) return CLOSES.cannotStore;
        await new Promise<void>((again) => clock.after(TIMES.storePause, again));
      }
    }
  }
}

/** One window's frames: judged and applied at once, in the order they came. */
class Batch {
  readonly rows: NewUpdate[] = [];
  readonly binds: [number, string][] = [];
  seq = 0;
  readonly #parts: WritingParts;
  readonly #accepted: Offer[] = [];
  readonly #settled: Offer[] = [];

  constructor(parts: WritingParts, offers: readonly Offer[]) {
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
      seq: this.seq,
      rows: this.rows.length,
      bytes: this.rows.reduce((sum, row) => sum + row.payload.length, 0),
    };
  }

  #admit(offer: Offer): void {
    if (isEmpty(offer.update)) this.#settled.push(offer);
    else this.#judge(offer);
    if (!offer.step2) return;
    const { peer } = offer;
    const held = peer.held;
    peer.held = [];
    peer.heldBytes = 0;
    for (const waiting of held) this.#judge(waiting);
    if (peer.held.length === 0) peer.gap = null;
  }

  #judge(offer: Offer): void {
    const { state, owners, limits } = this.#parts;
    const { peer, update } = offer;
    const actor = peer.admission.actor.id;
    const verdict = judge(
      update,
      (clientId) => state.clock(clientId),
      (clientId) => owners.get(clientId),
      actor,
    );
    switch (verdict.kind) {
      case 'unreadable':
        return peer.close(CLOSES.malformed);
      case 'foreign':
        return peer.close(CLOSES.foreignClientId);
      case 'gap':
        return this.#parts.held(offer);
      case 'pass':
        if (verdict.grows && state.bytes > limits.noteBytes && this.#tooLarge()) return peer.close(CLOSES.tooLarge);
        return this.#apply(offer, verdict.fresh, actor);
    }
  }

  #apply(offer: Offer, fresh: readonly number[], actor: string): void {
    const { state, owners } = this.#parts;
    let applied: ReturnType<NoteState['apply']> | 'threw';
    try {
      applied = state.apply(offer.update);
    } catch {
      applied = 'threw';
    }
    if (applied === 'threw' || applied === 'pending') {
      this.#rollBack();
      return applied === 'threw' ? offer.peer.close(CLOSES.malformed) : this.#parts.held(offer);
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

  /** The byte count is an upper estimate; refuse only by the true size, which can be taken while nothing is applied yet. */
  #tooLarge(): boolean {
    if (this.#accepted.length > 0) return false;
    return this.#parts.state.measure() > this.#parts.limits.noteBytes;
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
