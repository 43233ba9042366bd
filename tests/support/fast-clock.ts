import type { Clock } from '#server/clock.ts';

interface Timer {
  due: number;
  run: () => void;
}

/** Real time that runs `rate` times as fast, for real sockets: ten minutes without a network are one. */
export class FastClock implements Clock {
  readonly #begun = Date.now();
  readonly #timers = new Map<Timer, NodeJS.Timeout>();
  #rate: number;
  /** Its time at the moment `real` of the machine's. */
  #at = 0;
  #real = performance.now();

  constructor(rate: number) {
    this.#rate = rate;
  }

  now(): number {
    return this.#begun + this.elapsed();
  }

  elapsed(): number {
    return this.#at + (performance.now() - this.#real) * this.#rate;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { due: this.elapsed() + ms, run };
    this.#wait(timer);
    return () => {
      clearTimeout(this.#timers.get(timer));
      this.#timers.delete(timer);
    };
  }

  run(rate: number): void {
    this.#at = this.elapsed();
    this.#real = performance.now();
    this.#rate = rate;
    for (const [timer, waiting] of [...this.#timers]) {
      clearTimeout(waiting);
      this.#wait(timer);
    }
  }

  /** Node's timers may come a millisecond early. */
  #wait(timer: Timer): void {
    const ms = Math.ceil(Math.max(0, timer.due - this.elapsed()) / this.#rate);
    const fire = (): void => {
      if (this.elapsed() < timer.due) return this.#wait(timer);
      this.#timers.delete(timer);
      timer.run();
    };
    this.#timers.set(timer, setTimeout(fire, ms));
  }
}
