/** A server that is back is met within this time. */
const LOOK_MS = 10_000;

/** Calls `run` when the server is found to answer, while somebody looks at the page. Returns what ends the looking. */
export function whenServerIsBack(run: () => void): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const look = (): void => {
    if (document.hidden) return;
    // What is met while it cannot be reached is met again next time.
    fetch('/readyz', { cache: 'no-store', signal }).then(
      ({ ok }) => ok && run(),
      () => undefined,
    );
  };
  const timer = setInterval(look, LOOK_MS);
  addEventListener('online', look, { signal });
  return () => {
    ended.abort();
    clearInterval(timer);
  };
}
