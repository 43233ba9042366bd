import { spellingsOf } from '../event/names.ts';
import { initials } from '../wire/initials.ts';
import { type KnownPeople, signsOf } from './signed.ts';
import type { Range } from './words.ts';

const BETWEEN = /[ \t]*(?:[,;+&]|[ \t]and[ \t])[ \t]*/g;
const ONLY_SEMICOLONS = /[ \t]*;[ \t]*/g;

/** The names in words such as `@ana, @bo` or `Ana + Bo`, without their `@`. A semicolon is the only sign between names where there is one. */
export function splitNames(words: string, offset = 0): Range[] {
  const found: Range[] = [];
  let from = 0;
  const add = (to: number): void => {
    const name = words.slice(from, to);
    const start = from + (/^[ \t]*@?[ \t]*/.exec(name)?.[0].length ?? 0);
    const end = from + name.trimEnd().length;
    if (start < end) found.push({ from: offset + start, to: offset + end });
  };
  for (const between of words.matchAll(words.includes(';') ? ONLY_SEMICOLONS : BETWEEN)) {
    add(between.index);
    from = between.index + between[0].length;
  }
  add(words.length);
  return found;
}

/** The same as names. */
export function namesOf(words: string): string[] {
  return splitNames(words).map(({ from, to }) => words.slice(from, to));
}

/** One to four words that begin with capitals. */
export function looksLikeName(name: string): boolean {
  return /^\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{Lu}[\p{L}\p{M}'’.-]*){0,3}$/u.test(name) && !/^[A-Z]{2,}$/.test(name);
}

/**
 * The one of `people` who is meant by a name, a first or last name, initials, nickname, or the beginning of a name of three letters or more;
 * null when that is nobody or several. Accents and case do not count.
 */
export function whoIsMeant(words: string, people: KnownPeople): string | null {
  const wanted = spellingsOf(words.replace(/^@/, ''));
  if (wanted.includes('')) return null;
  const among = (namesOf: (name: string) => string[]) =>
    people.filter((name) => namesOf(name).some((each) => wanted.includes(each)));
  const ways: (() => string[])[] = [
    () => among((name) => spellingsOf(name)),
    () => among((name) => wordsOf(name)),
    () => among((name) => signsOf(people.initials?.get(name)).flatMap(spellingsOf)),
    () => among((name) => spellingsOf(initials(name))),
    () =>
      people.filter((name) =>
        [...spellingsOf(name), ...wordsOf(name)].some((each) =>
          wanted.some((start) => start.length > 2 && each.startsWith(start)),
        ),
      ),
  ];
  for (const way of ways) {
    const found = way();
    if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null;
  }
  return null;
}

const wordsOf = (name: string) => spellingsOf(name).flatMap((spelling) => spelling.split(' '));

/** Names as people of the event, as far as they are; others as they are written. */
export function knownOwners(names: readonly string[], people: KnownPeople): string[] {
  return [...new Set(names.map((name) => whoIsMeant(name, people) ?? name))];
}

const looked = new WeakMap<KnownPeople, Map<string, string>>();

/** An owner as a person of the event, however the note writes the name; one who is none as it is written. Each is looked up once. */
export function ownerName(owner: string, people: KnownPeople): string {
  const known = looked.get(people) ?? new Map<string, string>();
  looked.set(people, known);
  const name = known.get(owner) ?? whoIsMeant(owner, people) ?? owner;
  known.set(owner, name);
  return name;
}
