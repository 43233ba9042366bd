import { spellingsOf } from '#core/event/names.ts';
import { type KnownPeople, signsOf } from '#core/outcomes/signed.ts';
import { initials } from '#core/wire/initials.ts';

/** More than these nobody reads. */
const MOST = 40;

/** The people whom a name, initials or a nickname may be going to mean. `among`: those of them that are asked for, in their order. */
export function named(people: KnownPeople, query: string, among: readonly string[] = people): string[] {
  return matching(among, query, (name) => [name, ...signsOf(people.initials?.get(name)), initials(name)]);
}

/**
 * Those of which a word begins with the query, in their order: first those that begin with it themselves. Accents and case do not
 * count.
 */
export function matching<T>(all: readonly T[], query: string, wordsOf: (one: T) => readonly string[]): T[] {
  const wanted = spellingsOf(query);
  const ranked = all.map((one) => ({ one, rank: rank(wordsOf(one).flatMap(spellingsOf), wanted) }));
  const found = ranked.filter(({ rank }) => rank < 2);
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ one }) => one);
}

function rank(texts: string[], wanted: string[]): 0 | 1 | 2 {
  if (wanted.some((query) => texts[0]?.startsWith(query))) return 0;
  const within = (text: string, query: string): boolean => text.startsWith(query) || beginsWord(text, query);
  return texts.some((text) => wanted.some((query) => within(text, query))) ? 1 : 2;
}

/** Whether a word of the text begins with the query. */
function beginsWord(text: string, query: string): boolean {
  for (let at = text.indexOf(query, 1); at > 0; at = text.indexOf(query, at + 1))
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return true;
  return false;
}
