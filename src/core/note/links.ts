/** Schemes a link may have. Everything else (`javascript:`, `data:`, `file:`, relative addresses) is refused. */
const ALLOWED = new Set(['https:', 'http:', 'mailto:']);

// Browsers drop these before they read the scheme: `java\tscript:` is `javascript:` to them. Bidi and zero-width characters
// make an address look like another one.
const HIDDEN = /[\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** Addresses as people write them; what ends a sentence is not part of one. */
export const ADDRESS = /(?:https?:\/\/|mailto:)[^\s<>"'`]*[^\s<>"'`.,;:!?()[\]{}]\/?/g;

/**
 * The address to put into a link, or null when it may not be one. The result is the address as written, without control and
 * invisible characters and without outer spaces: what was checked is what comes out, and checking it again changes nothing.
 * Attributes arrive by Yjs unchecked, so any type may come in.
 */
export function safeHref(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const href = value.replace(HIDDEN, '').trim();
  try {
    return ALLOWED.has(new URL(href).protocol) ? href : null;
  } catch {
    return null;
  }
}
