import { RefusedError } from './errors.ts';
import { take, wait } from './sync/rate.ts';

/** How often one device, and all of them together, may do a thing, and how often at once. Making devices costs nothing. */
export interface RateLimits {
  perMinute: number;
  burst: number;
  allPerMinute: number;
  allBurst: number;
}

/**
 * What a device changes by page or API, beside the text of notes: names, outcomes on a board, materials, settings. Who goes down a
 * board with J and X makes two a second for a while. All: a hall gives its names within a minute, and each change is a commit.
 */
export const WRITE_LIMITS: RateLimits = { perMinute: 120, burst: 60, allPerMinute: 6_000, allBurst: 1_000 };

/** Devices remembered; the longest quiet is forgotten first, when its share is long whole again. */
const KEPT = 5_000;

export class Rates {
  readonly #limits: RateLimits;
  readonly #what: string;
  readonly #devices = new Map<string, number>();
  #all = 0;

  /** `what` comes too often: "images". */
  constructor(limits: RateLimits, what: string) {
    this.#limits = limits;
    this.#what = what;
  }

  /** Throws RefusedError 429. `at` in milliseconds. */
  take(device: string, at: number): void {
    const { perMinute, burst, allPerMinute, allBurst } = this.#limits;
    const own = take(this.#devices.get(device) ?? 0, at, 1, perMinute / 60);
    const all = take(this.#all, at, 1, allPerMinute / 60);
    const pause = Math.max(wait(own, at, perMinute / 60, burst), wait(all, at, allPerMinute / 60, allBurst));
    if (pause > 0) {
      const seconds = Math.ceil(pause / 1000);
      throw new RefusedError(429, `Too many ${this.#what} at once. Try again in ${seconds} s.`);
    }
    this.#all = all;
    this.#devices.delete(device);
    this.#devices.set(device, own);
    const oldest = this.#devices.keys().next();
    if (this.#devices.size > KEPT && !oldest.done) this.#devices.delete(oldest.value);
  }
}
