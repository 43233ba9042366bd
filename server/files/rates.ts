import { RefusedError } from '../errors.ts';
import { take, wait } from '../sync/rate.ts';
import { IMAGE_LIMITS } from './limits.ts';

/** Devices remembered; the longest quiet is forgotten first, when its share is long whole again. */
const KEPT = 5_000;

/** How many images a device, and all of them together, may bring. */
export class UploadRates {
  readonly #devices = new Map<string, number>();
  #all = 0;

  /** Throws RefusedError 429. `at` in milliseconds. */
  take(device: string, at: number): void {
    const { perMinute, burst, allPerMinute, allBurst } = IMAGE_LIMITS;
    const own = take(this.#devices.get(device) ?? 0, at, 1, perMinute / 60);
    const all = take(this.#all, at, 1, allPerMinute / 60);
    const pause = Math.max(wait(own, at, perMinute / 60, burst), wait(all, at, allPerMinute / 60, allBurst));
    if (pause > 0) {
      const seconds = Math.ceil(pause / 1000);
      throw new RefusedError(429, `Too many images at once. Try again in ${seconds} s.`);
    }
    this.#all = all;
    this.#devices.delete(device);
    this.#devices.set(device, own);
    const oldest = this.#devices.keys().next();
    if (this.#devices.size > KEPT && !oldest.done) this.#devices.delete(oldest.value);
  }
}
