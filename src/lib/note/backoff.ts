/** CL4: bounds of the wait before a new try. */
export const RETRY_MIN_MS = 500;
export const RETRY_MAX_MS = 30_000;

/**
 * Full jitter: uniform between the lower bound and a ceiling that doubles with each failed try, so that a whole venue that
 * lost the server at one moment does not come back at one moment.
 *
 * @param attempt failed tries since everything was last saved, from 0
 * @param random uniform in [0, 1)
 * @returns milliseconds
 */
export function retryDelay(attempt: number, random: () => number): number {
  const ceiling = Math.min(RETRY_MAX_MS, 2 * RETRY_MIN_MS * 2 ** Math.min(attempt, 16));
  return RETRY_MIN_MS + random() * (ceiling - RETRY_MIN_MS);
}
