/** Time as the engine sees it. Nothing under server/sync or server/store calls Date.now or setTimeout itself. */
export interface Clock {
  /** Milliseconds since the epoch, for records and display. May jump. */
  now(): number;
  /** Milliseconds, monotonic, for lengths of time. */
  elapsed(): number;
  /** Runs `run` once after `ms`; the returned function cancels it and may be called at any time, also twice. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
