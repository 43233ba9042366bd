/** What opens the command box; null until the page has come to life. */
let opener: (() => void) | null = null;

/** Called by what holds the box; what it gives ends that. */
export function opensBox(open: () => void): () => void {
  opener = open;
  return () => {
    if (opener === open) opener = null;
  };
}

/** Opens the command box, for who has no Ctrl+K at hand. */
export function askBox(): void {
  opener?.();
}
