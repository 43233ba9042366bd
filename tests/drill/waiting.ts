const LOOK_EVERY_MS = 25;

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Resolves with true once it holds, with false when patience ends before. */
export async function until(holds: () => boolean, patienceMs: number): Promise<boolean> {
  for (const end = performance.now() + patienceMs; performance.now() < end; await pause(LOOK_EVERY_MS))
    if (holds()) return true;
  return holds();
}
