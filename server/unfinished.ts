/** Who is in the middle of sending something. */
export interface Sender {
  /** Ends it without a goodbye: it may come again. */
  cut(): void;
}

/** So little behind an end is headers of pieces, and no beginning. */
const SLACK = 1_000;

/**
 * Counts the bytes of messages that have begun and not ended, of all peers together. One message is bounded, but two thousand peers
 * may each be in the middle of one for as long as they like. When it is too much, the one that began first is cut: an honest one
 * has long ended, or comes again.
 */
export class Unfinished {
  readonly #most: number;
  /** In the order in which they began. */
  readonly #bytes = new Map<Sender, number>();
  #all = 0;

  /** @param most bytes that all beginnings together may hold */
  constructor(most: number) {
    this.#most = most;
  }

  get bytes(): number {
    return this.#all;
  }

  came(sender: Sender, bytes: number): void {
    this.#bytes.set(sender, (this.#bytes.get(sender) ?? 0) + bytes);
    this.#all += bytes;
    for (const [oldest] of this.#bytes) {
      if (this.#all <= this.#most) return;
      this.left(oldest);
      oldest.cut();
    }
  }

  /** A message of so many bytes has ended; what came behind it is the beginning of the next. */
  ended(sender: Sender, bytes: number): void {
    const rest = (this.#bytes.get(sender) ?? 0) - bytes;
    this.left(sender);
    if (rest <= SLACK) return;
    this.#bytes.set(sender, rest);
    this.#all += rest;
  }

  /**
   * A ping or pong of so many bytes was among them. It may stand between the pieces of a message, which gets no younger by it: else who
   * answers pings could hold a beginning for ever.
   */
  apart(sender: Sender, bytes: number): void {
    const had = this.#bytes.get(sender) ?? 0;
    const rest = had - bytes;
    if (rest <= SLACK) return this.left(sender);
    this.#bytes.set(sender, rest);
    this.#all += rest - had;
  }

  left(sender: Sender): void {
    this.#all -= this.#bytes.get(sender) ?? 0;
    this.#bytes.delete(sender);
  }
}
