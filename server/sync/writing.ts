import { type Close, CLOSES } from '#core/wire/closes.ts';
import type { Clock } from '../clock.ts';
import { StoreError, type UpdateLog } from '../store/log.ts';
import type { Counters } from './counters.ts';
import { TIMES } from './limits.ts';
import type { Window } from './load.ts';
import { Batch, type BatchParts, type Committed, type Edit } from './batch.ts';
import type { Offer, Peer } from './peer.ts';

export interface WritingParts extends BatchParts {
  noteId: string;
  log: UpdateLog;
  clock: Clock;
  counters: Counters;
  /** How long to wait for company. */
  window(): Window;
  /** Called after commit only. */
  committed(result: Committed): void;
  /** Told of a bug of ours, which costs this room its peers and nobody else anything. */
  report(error: unknown): void;
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
  #edits: Edit[] = [];
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
    return !this.#inFlight && this.#queue.length === 0 && this.#edits.length === 0;
  }

  offer(offer: Offer): void {
    if (this.#stopped) return;
    this.#queue.push(offer);
    this.#queuedBytes += offer.update.length;
    if (this.#queuedBytes > this.#parts.limits.roomQueueBytes) {
      if (!this.#paused.has(offer.peer)) offer.peer.pause();
      this.#paused.add(offer.peer);
    }
    this.#schedule();
  }

  /** The same way for a change by the server itself. */
  edit(edit: Edit): void {
    if (this.#stopped) return edit.settle(false);
    this.#edits.push(edit);
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
    const edits = this.#edits;
    this.#edits = [];
    for (const edit of edits) edit.settle(false);
    const waiting = this.#whenSettled;
    this.#whenSettled = [];
    for (const run of waiting) run();
  }

  #schedule(): void {
    if (this.#scheduled || this.idle || this.#inFlight || this.#stopped) return;
    const { clock } = this.#parts;
    const { lead, gap, beat } = this.#parts.window();
    const now = clock.elapsed();
    const due = Math.max(now + lead, this.#lastFlush + gap);
    const wait = (beat > 0 ? Math.ceil(due / beat) * beat : due) - now;
    this.#scheduled = clock.after(Math.max(0, wait), () => void this.#run());
  }

  async #run(): Promise<void> {
    try {
      await this.#commit();
    } catch (error) {
      this.#inFlight = false;
      this.#parts.report(error);
      this.#parts.failed(CLOSES.cannotStore);
    }
  }

  async #commit(): Promise<void> {
    this.#scheduled?.();
    this.#scheduled = null;
    if (this.#inFlight || this.#stopped) return;
    this.#lastFlush = this.#parts.clock.elapsed();
    this.#inFlight = true;
    const edits = this.#edits;
    this.#edits = [];
    let stored = false;
    try {
      const batch = new Batch(this.#parts, this.#takeQueue(), edits);
      const close = batch.rows.length === 0 ? null : await this.#append(batch);
      stored = close === null;
      this.#inFlight = false;
      if (!this.#stopped) this.#tell(batch, close);
    } finally {
      for (const edit of edits) edit.settle(stored);
    }
  }

  #tell(batch: Batch, close: Close | null): void {
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
        // A disk that failed is not asked again: what it says now cannot be believed.
        const broken = error instanceof StoreError && error.kind === 'io';
        if (broken || this.#stopped || clock.elapsed() - start > TIMES.storeRetry) return CLOSES.cannotStore;
        await new Promise<void>((again) => clock.after(TIMES.storePause, again));
      }
    }
  }
}
