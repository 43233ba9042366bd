/**
 * Counts which local changes are on the server's disk. Changes are numbered from 1 in the order they were made; the ones an
 * earlier visit left unsent come first. Frames are what the server counts (SY3): sync-step-2 and update, in order.
 */
export class AckLedger {
  #made: number;
  #saved = 0;
  #sent = 0;
  #ackedFrames = 0;
  #inFlight: { upTo: number; at: number }[] = [];

  /** @param unsent changes that an earlier visit kept in this browser and never saw acked */
  constructor(unsent = 0) {
    this.#made = unsent;
  }

  /** Number of the newest change. */
  get made(): number {
    return this.#made;
  }

  /** All changes up to this number are on the server's disk. */
  get saved(): number {
    return this.#saved;
  }

  /** All changes up to this number went out on this connection, or are saved. */
  get sent(): number {
    return this.#sent;
  }

  get unsaved(): number {
    return this.#made - this.#saved;
  }

  /** True while a frame waits for its ack, an empty one included. */
  get waiting(): boolean {
    return this.#inFlight.length > 0;
  }

  /** When the oldest frame without an ack went out, in the caller's clock. */
  get oldestSentAt(): number | null {
    return this.#inFlight[0]?.at ?? null;
  }

  /** A local change was made; returns its number. */
  change(): number {
    return ++this.#made;
  }

  /** One counted frame went out and carries all changes up to this number that no earlier frame carried. */
  frameSent(upTo: number, at: number): void {
    this.#inFlight.push({ upTo, at });
    this.#sent = upTo;
  }

  /** The server has the first `count` frames of this connection on disk. False when it claims what cannot be. */
  acked(count: number): boolean {
    const fresh = count - this.#ackedFrames;
    const last = this.#inFlight[fresh - 1];
    if (fresh === 0) return true;
    if (!last) return false;
    this.#inFlight.splice(0, fresh);
    this.#ackedFrames = count;
    this.#saved = last.upTo;
    return true;
  }

  /** The connection is gone, and its counting with it: what was not acked has to go out again. */
  connectionLost(): void {
    this.#inFlight = [];
    this.#ackedFrames = 0;
    this.#sent = this.#saved;
  }
}
