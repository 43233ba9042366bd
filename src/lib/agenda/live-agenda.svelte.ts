import { iso } from '#core/event/times.ts';
import { askedLast } from '#lib/http/asked-last.ts';
import type { AgendaNow } from './agenda-now.ts';

const ASK_MS = 15_000;

/** Keeps an open agenda true: asks the server while the page is visible, and lets time go on between two answers. */
export class LiveAgenda {
  #known: AgendaNow = $state.raw({ now: '', notes: {}, here: {} });
  #heardAt = $state.raw(0);
  #elapsed = $state.raw(0);
  /** False after an answer did not come: what is shown about people is the last that was known. */
  current = $state.raw(true);
  readonly #question = askedLast();

  /** @param first what the page was rendered with */
  constructor(first: AgendaNow) {
    this.#known = first;
  }

  get now(): string {
    const passed = Math.max(0, this.#elapsed - this.#heardAt);
    return passed === 0 ? this.#known.now : iso(Date.parse(this.#known.now) + passed);
  }

  get notes(): AgendaNow['notes'] {
    return this.#known.notes;
  }

  get here(): AgendaNow['here'] {
    return this.#known.here;
  }

  /** Takes what the server said; the moment of hearing it is now. */
  hear(known: AgendaNow): void {
    this.#known = known;
    this.#heardAt = this.#elapsed = performance.now();
    this.current = true;
  }

  /** Runs in the browser; the returned function stops it. `kept`: what the page was rendered with is of another day. */
  follow(slug: string, { kept = false } = {}): () => void {
    this.#heardAt = this.#elapsed = performance.now();
    const ask = () => {
      this.#elapsed = performance.now();
      if (document.visibilityState === 'visible') void this.#ask(slug);
    };
    if (kept) {
      // Until the server says what time it is, the device does.
      this.current = false;
      this.#heardAt -= Math.max(0, Date.now() - Date.parse(this.#known.now));
      ask();
    }
    const timer = setInterval(ask, ASK_MS);
    document.addEventListener('visibilitychange', ask);
    window.addEventListener('online', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
      window.removeEventListener('online', ask);
    };
  }

  async #ask(slug: string): Promise<void> {
    const counts = this.#question();
    try {
      const answer = await fetch(`/api/events/${slug}/here`);
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const known = (await answer.json()) as AgendaNow;
      if (counts()) this.hear(known);
    } catch {
      // The agenda stays readable without a connection; the next answer makes it current again.
      if (counts()) this.current = false;
    }
  }
}
