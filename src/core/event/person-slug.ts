import { SLUG_LIMIT, slugify } from './slugs.ts';

/**
 * The name of somebody in addresses, made of the name alone: whoever is named anywhere in an event has a page, an account or not.
 * Spellings that differ in case, accents and signs are one. Where letters were lost on the way, as all are of a name in another
 * script, a number made of the name keeps two people apart.
 */
export function personSlug(name: string): string {
  const plain = name.normalize('NFKC').trim();
  const slug = slugify(plain, '');
  const lost = lettersOf(plain) > lettersOf(slug) || slug.length === SLUG_LIMIT;
  if (!lost) return slug || 'nobody';
  return [slug.slice(0, SLUG_LIMIT - 8), numberOf(plain.toLowerCase())].filter((part) => part !== '').join('-');
}

/** Address of a person's page. */
export function personPath(event: string, name: string): string {
  return `/${event}/people/${personSlug(name)}`;
}

function lettersOf(words: string): number {
  return words.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** FNV-1a, in the signs of a slug. */
function numberOf(words: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(words)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, '0');
}
