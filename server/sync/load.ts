import type { Clock } from '../clock.ts';

/** A room of up to this many peers is small, below the hundreds; a key in it goes out at once while the server is quiet. */
const SMALL = 150;
const SMALL_GAP = 10;
const LARGE_GAP = 28;
/** In a room of so many peers sending itself takes a good part of the window. */
const HALL = 500;
const HALL_GAP = 20;
const WIDEST = 50;
const WIDEST_SMALL = 40;
/** Deliveries asked for per second (updates times peers): up to here there is no load, and from there a core has all it can do. */
const EASY = 2_500;
const FULL = 60_000;
const SPAN = 500;
/** Under load the small rooms send together. */
const BEAT = 10;

/** How long a room waits before it commits and sends what its peers said, milliseconds. */
export interface Window {
  /** From the first update of a quiet moment. */
  lead: number;
  /** Between two sends. */
  gap: number;
  /** Sends fall on multiples of this, so that many rooms share a turn of the event loop and a flush; 0 for none. */
  beat: number;
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
  readonly #onChange: ((busy: boolean) => void) | undefined;

  constructor(clock: Clock, onChange?: (busy: boolean) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#since = clock.elapsed();
  }

  add(deliveries: number): void {
    this.#asked += deliveries;
    const span = this.#clock.elapsed() - this.#since;
    if (span < SPAN) return;
    const was = this.#perSecond > EASY;
    this.#perSecond = (this.#asked / span) * 1000;
    const is = this.#perSecond > EASY;
    if (is !== was) this.#onChange?.(is);
    this.#asked = 0;
    this.#since += span;
  }

  window(peers: number): Window {
    const load = this.#perSecond / EASY;
    const large = peers >= HALL ? HALL_GAP : LARGE_GAP;
    const gap =
      peers > SMALL
        ? Math.min(WIDEST, large * Math.max(1, this.#perSecond / FULL))
        : Math.min(WIDEST_SMALL, SMALL_GAP * Math.max(1, load));
    // Under load a key waits for company also when its room is quiet: every send to a room costs the same.
    if (load <= 1) return { lead: 0, gap, beat: 0 };
    return { lead: gap, gap, beat: peers > SMALL ? 0 : BEAT };
  }
}
