/**
 * Counts for `ACK(k)`: the first k frames of a connection are settled. Frames settle out of order when one is held, so a
 * settled frame behind an open one waits.
 */
export class Acks {
  #received = 0;
  #settled = 0;
  #told = 0;
  readonly #early = new Set<number>();

  /** A sync-step-2 or update frame came in; the number it settles under. */
  receive(): number {
    return this.#received++;
  }

  settle(frame: number): void {
    this.#early.add(frame);
    while (this.#early.delete(this.#settled)) this.#settled++;
  }

  /** The count to tell, once; null when the peer already knows. */
  due(): number | null {
    if (this.#settled === this.#told) return null;
    return (this.#told = this.#settled);
  }
}
