import type { OutlineEntry } from '#core/note/outline.ts';
import type { NoteTools } from '#lib/room/note-tools.svelte.ts';

/** What the open page is about, for what can be asked for on every page. */
export interface PageHere {
  /** Slug of the event. */
  event: string;
  room?: { path: string; tools: NoteTools; outline: () => readonly OutlineEntry[] };
}

let here: PageHere | null = null;

/** Called by a page while it is open; what it gives ends that. */
export function offerPage(page: PageHere): () => void {
  here = page;
  return () => {
    if (here === page) here = null;
  };
}

export function pageHere(): PageHere | null {
  return here;
}
