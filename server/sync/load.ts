import type { Clock } from '../clock.ts';

/** A room of up to this many peers is small; a key in it goes out at once while the server is quiet. */
const SMALL = 60;
const SMALL_GAP = 10;
const LARGE_GAP = 20;
const WIDEST = 50;
const WIDEST_SMALL = 40;
/** Deliveries asked for per second (updates times peers) that are no load: in all small rooms together, and at all. */
const EASY_SMALL = 2_500;
const EASY = 60_000;
const SPAN = 500;

/** How long a room waits before it commits and sends what its peers said, milliseconds. */
export interface Window {
  /** From the first update of a quiet moment. */
  lead: number;
  /** Between two sends. */
  gap: number;
}

/**
 * How much is asked of the server, in deliveries per second, and what that means for the window in which updates are
 * collected. Measured by what comes in, so that wider windows do not make the load look smaller.
 */
export class Load {
  readonly #clock: Clock;
  #since: number;
  #asked = 0;
  #perSecond = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.elapsed();
  }

  add(deliveries: number): void {
    this.#asked += deliveries;
    const span = this.#clock.elapsed() - this.#since;
    if (span < SPAN) return;
    this.#perSecond = (this.#asked / span) * 1000;
    this.#asked = 0;
    this.#since += span;
  }

  window(peers: number): Window {
    if (peers > SMALL) return { lead: 0, gap: Math.min(WIDEST, LARGE_GAP * Math.max(1, this.#perSecond / EASY)) };
    const load = this.#perSecond / EASY_SMALL;
    const gap = Math.min(WIDEST_SMALL, SMALL_GAP * Math.max(1, load));
    // Under load a key waits for company also when its room is quiet: every send to a room costs the same.
    return { lead: load > 1 ? gap : 0, gap };
  }
}
