import type { Clock } from '../platform.ts';

/** A clock that moves only when told to. */
export class HandClock implements Clock {
  #wall = Date.UTC(2023, 10, 14, 17, 15);
  #elapsed = 0;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#wall;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#elapsed + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Runs what falls due, in order; `between` after each timer. */
  advance(ms: number, between: () => void = () => undefined): void {
    const end = this.#elapsed + ms;
    for (;;) {
      const next = this.#timers.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#move(next.at);
      next.run();
      between();
    }
    this.#move(end);
  }

  /** The machine sleeps: the wall clock goes on, the other one and all timers stand still. */
  sleep(ms: number): void {
    this.#wall += ms;
  }

  #move(to: number): void {
    this.#wall += Math.max(0, to - this.#elapsed);
    this.#elapsed = Math.max(this.#elapsed, to);
  }
}
