/** A token bucket: `perSecond` on average, `burst` at once. Time is passed in. */
export class Rate {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(perSecond: number, burst: number, at: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = at;
  }

  /** Takes `cost` and returns how many milliseconds the giver has to wait before more is welcome; 0 while within its rate. */
  take(cost: number, at: number): number {
    if (this.#burst === Infinity) return 0;
    this.#tokens = Math.min(this.#burst, this.#tokens + ((at - this.#at) / 1000) * this.#perSecond) - cost;
    this.#at = at;
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#perSecond) * 1000;
  }
}
