/**
 * Counts for `ACK(k)`: the first k frames of a connection are settled. Frames settle out of order when one is held, so a
 * settled frame behind an open one waits.
 */
export class Acks {
  #received = 0;
  #settled = 0;
  #told = 0;
  /** Settled frames behind an open one; made when there is one. */
  #early: Set<number> | null = null;

  /** A sync-step-2 or update frame came in; the number it settles under. */
  receive(): number {
    return this.#received++;
  }

  settle(frame: number): void {
    if (frame !== this.#settled) {
      (this.#early ??= new Set()).add(frame);
      return;
    }
    this.#settled++;
    while (this.#early?.delete(this.#settled)) this.#settled++;
  }

  /** The count to tell, once; null when the peer already knows. */
  due(): number | null {
    if (this.#settled === this.#told) return null;
    return (this.#told = this.#settled);
  }
}
