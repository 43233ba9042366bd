import type { OutlineEntry } from '#core/note/outline.ts';

const MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown'];

/**
 * Goes to the place the address names (`#…`) once the editor stands and the fonts are there: before, what is above it may still
 * change its height. Not when the reader has moved meanwhile, and not a second time. Call when the page opens.
 *
 * @param outline the headings at that time: one that was given a lasting id is found by the one it had
 */
export function placeOnce(outline: () => readonly OutlineEntry[]): () => Promise<void> {
  const id = named(location.hash.slice(1));
  const moved = new AbortController();
  for (const kind of MOVES)
    addEventListener(kind, () => moved.abort(), { signal: moved.signal, capture: true, passive: true });
  return async () => {
    await document.fonts.ready;
    await new Promise(requestAnimationFrame);
    if (moved.signal.aborted) return;
    moved.abort();
    if (id) (document.getElementById(id) ?? (await onceCalled(id, outline())))?.scrollIntoView();
  };
}

/** Anybody may write an address: what is not encoded as it should be names nothing. */
function named(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return '';
  }
}

async function onceCalled(id: string, outline: readonly OutlineEntry[]): Promise<HTMLElement | null> {
  const { entryBySlug } = await import('#core/note/outline.ts');
  return document.getElementById(entryBySlug(outline, id)?.id ?? '');
}
