import type { Clock } from '#server/clock.ts';

interface Timer {
  due: number;
  run: () => void;
}

/** Time that moves only when told to. Timers run in order of their due time, then of their setting. */
export class FakeClock implements Clock {
  #at: number;
  #jumped = 0;
  #timers: Timer[] = [];

  constructor(start = 1_700_000_000_000) {
    this.#at = start;
  }

  now(): number {
    return this.#at + this.#jumped;
  }

  /** The machine's clock is set: lengths of time stay what they are. */
  jump(ms: number): void {
    this.#jumped += ms;
  }

  elapsed(): number {
    return this.#at;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { due: this.#at + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Runs the next timer, however far away; false when there is none. */
  async next(): Promise<boolean> {
    const timer = this.#first();
    if (!timer) return false;
    this.#fire(timer);
    await settle();
    return true;
  }

  /** Moves time forward and runs all that falls due, promises in between included. */
  async advance(ms: number): Promise<void> {
    const end = this.#at + ms;
    await settle();
    for (let timer = this.#first(); timer && timer.due <= end; timer = this.#first()) {
      this.#fire(timer);
      await settle();
    }
    this.#at = end;
  }

  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (!first || timer.due < first.due) first = timer;
    return first;
  }

  #fire(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.#at = Math.max(this.#at, timer.due);
    timer.run();
  }
}

/** Lets promises that are ready run to their end. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
