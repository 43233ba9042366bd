import type { Clock } from '../clock.ts';

/** A room of up to this many peers is small. */
const SMALL = 60;
const SMALL_WINDOW = 10;
const LARGE_WINDOW = 20;
const WIDEST = 50;
/** Packets a second that one core sends with ease; above it every window widens in proportion. */
const EASY = 12_000;
const SPAN = 500;

/**
 * How busy the server is, by packets sent, and what that means for the window in which updates are collected: a key in a
 * quiet room goes out at once, a key in a full hall shares its packet with the others'.
 */
export class Load {
  readonly #clock: Clock;
  #since: number;
  #packets = 0;
  #perSecond = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.elapsed();
  }

  add(packets: number): void {
    this.#packets += packets;
    const span = this.#clock.elapsed() - this.#since;
    if (span < SPAN) return;
    this.#perSecond = (this.#packets / span) * 1000;
    this.#packets = 0;
    this.#since += span;
  }

  /** Milliseconds. */
  window(peers: number): number {
    const base = peers <= SMALL ? SMALL_WINDOW : LARGE_WINDOW;
    return Math.min(WIDEST, base * Math.max(1, this.#perSecond / EASY));
  }
}
