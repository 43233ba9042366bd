import type { Awareness } from 'y-protocols/awareness';
import type { AwarenessEntry } from '#core/wire/messages.ts';
import type { Clock } from './platform.ts';

/** At most ten own frames a second: what the server takes from one peer. */
const PRESENCE_EVERY_MS = 100;

interface Changed {
  added: number[];
  updated: number[];
  removed: number[];
}

/**
 * Sends this tab's own caret and nothing else: never an echo of other people's, and nothing at all before there is a caret,
 * so that a reader costs nobody anything. Quick moves are merged; the last one always goes out.
 */
export class OwnPresence {
  readonly #awareness: Awareness;
  readonly #clock: Clock;
  readonly #send: (entry: AwarenessEntry) => void;
  #shown = false;
  #open = false;
  #lastAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;

  constructor(awareness: Awareness, clock: Clock, send: (entry: AwarenessEntry) => void) {
    this.#awareness = awareness;
    this.#clock = clock;
    this.#send = send;
    awareness.on('update', this.#changed);
  }

  /** A new connection: the other side knows nothing of us yet. */
  opened(): void {
    this.#open = true;
    this.#shown = false;
    this.#lastAt = Number.NEGATIVE_INFINITY;
    this.#schedule();
  }

  closed(): void {
    this.#open = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  destroy(): void {
    this.closed();
    this.#awareness.off('update', this.#changed);
  }

  readonly #changed = ({ added, updated, removed }: Changed): void => {
    if ([added, updated, removed].some((ids) => ids.includes(this.#awareness.clientID))) this.#schedule();
  };

  #schedule(): void {
    if (!this.#open || this.#cancel) return;
    const wait = this.#lastAt + PRESENCE_EVERY_MS - this.#clock.elapsed();
    if (wait <= 0) return this.#sendNow();
    this.#cancel = this.#clock.after(wait, () => {
      this.#cancel = null;
      this.#sendNow();
    });
  }

  #sendNow(): void {
    const { clientID, meta } = this.#awareness;
    const state = this.#awareness.getLocalState();
    const caret: unknown = state?.['cursor'] ?? null;
    if (caret === null && !this.#shown) return;
    this.#shown = caret !== null;
    this.#lastAt = this.#clock.elapsed();
    // Who we are is written by the server; only the caret is ours to say.
    this.#send({ clientId: clientID, clock: meta.get(clientID)?.clock ?? 0, state: JSON.stringify({ cursor: caret }) });
  }
}
