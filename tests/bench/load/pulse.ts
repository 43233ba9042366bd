import * as Y from 'yjs';

/**
 * When each keystroke was sent, and how long it took to reach those who look. A keystroke is one character, so it is one
 * clock of its writer: an update's struct headers (client, from, to) say which keystrokes it carries, merged or not, without
 * building a document.
 */
export class Pulse {
  /** Milliseconds from the key to its arrival, one per keystroke and observer. */
  latencies: number[] = [];
  /** Keystrokes sent so far, warm-up included. */
  keys = 0;
  private measuring = false;
  private readonly writers = new Map<number, { firstClock: number; sentAt: number[]; measured: boolean[] }>();
  private readonly progress = new Map<object, Map<number, number>>();

  /** Latencies count from now on, for keys sent from now on. */
  measure(): void {
    this.measuring = true;
  }

  add(clientId: number, firstClock: number): void {
    this.writers.set(clientId, { firstClock, sentAt: [], measured: [] });
  }

  sent(clientId: number, at: number): void {
    const writer = this.writers.get(clientId);
    if (!writer) throw new Error(`Writer ${clientId} typed before it began.`);
    writer.sentAt.push(at);
    writer.measured.push(this.measuring);
    this.keys++;
  }

  /**
   * An observer received an update at `at`: notes the latency of every keystroke in it that the observer did not have yet.
   * `own` is the observer's clientID when it writes too: some servers echo an edit to its author.
   */
  seen(observer: object, update: Uint8Array, at: number, own: number | null): void {
    let clocks = this.progress.get(observer);
    if (!clocks) this.progress.set(observer, (clocks = new Map()));
    for (const [clientId, to] of Y.parseUpdateMeta(update).to) {
      const writer = this.writers.get(clientId);
      if (!writer || clientId === own) continue;
      const from = clocks.get(clientId) ?? writer.firstClock;
      for (let clock = from; clock < to; clock++) {
        const index = clock - writer.firstClock;
        const sentAt = writer.sentAt[index];
        if (sentAt !== undefined && writer.measured[index]) this.latencies.push(at - sentAt);
      }
      if (to > from) clocks.set(clientId, to);
    }
  }

  /** Keystrokes of these writers that this observer has seen the header of. */
  seenCount(observer: object, clientIds: number[]): number {
    const clocks = this.progress.get(observer);
    let count = 0;
    for (const id of clientIds) count += Math.max(0, (clocks?.get(id) ?? 0) - (this.writers.get(id)?.firstClock ?? 0));
    return count;
  }

  sentCount(clientIds: number[]): number {
    let count = 0;
    for (const id of clientIds) count += this.writers.get(id)?.sentAt.length ?? 0;
    return count;
  }

  /** Keystrokes of these writers that are missing from a document; a struct that waits for another counts as missing. */
  missing(doc: Y.Doc, clientIds: number[]): Map<number, number> {
    const missing = new Map<number, number>();
    for (const id of clientIds) {
      const writer = this.writers.get(id);
      if (!writer) continue;
      const present = Math.max(0, Y.getState(doc.store, id) - writer.firstClock);
      missing.set(id, writer.sentAt.length - present);
    }
    return missing;
  }
}

/** Milliseconds at the given share of all values; NaN when there are none. */
export function quantile(values: number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
