/** A server that is back is met within this time. */
const LOOK_MS = 10_000;

/** Calls `run` each time the server is found to answer, while somebody looks at the page. Returns what ends the looking. */
export function whenServerIsBack(run: () => void): () => void {
  let ended = false;
  const look = async (): Promise<void> => {
    if (document.visibilityState !== 'visible') return;
    const answer = await fetch('/readyz', { cache: 'no-store' }).catch(() => null);
    if (answer?.ok && !ended) run();
  };
  const start = (): void => void look();
  const timer = setInterval(start, LOOK_MS);
  window.addEventListener('online', start);
  return () => {
    ended = true;
    clearInterval(timer);
    window.removeEventListener('online', start);
  };
}
