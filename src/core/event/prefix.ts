/** Letters of a prefix that is made here. Short enough to be said aloud. */
const MOST_LETTERS = 8;
/** Of a name that has no abbreviation. */
const FEW_LETTERS = 4;

/** What every event of its kind is called, and words that carry nothing. */
const GENERIC = new Set([
  ...['mc', 'microconference', 'conference', 'summit', 'workshop', 'track', 'meeting', 'bof', 'mini', 'event'],
  ...['lpc', 'linux', 'kernel', 'plumbers', 'a', 'an', 'and', 'at', 'for', 'in', 'of', 'on', 'the', 'to', 'with'],
]);

/**
 * What the short ids of an event's outcomes begin with (`PCI23`): letters, then two digits of the year. The letters are the
 * abbreviation in the title that people know by the fewest letters; without one the initials of its words, or the beginning of
 * its only word. When that is taken, letters of the title are added one by one, then any.
 */
export function mintPrefix(title: string, start: string, isTaken: (prefix: string) => boolean): string {
  const year = start.slice(2, 4);
  const [best, rest] = lettersOf(title);
  for (let more = 0; more <= rest.length && best.length + more <= MOST_LETTERS; more++) {
    const prefix = `${best}${rest.slice(0, more)}${year}`;
    if (!isTaken(prefix)) return prefix;
  }
  for (let number = 0; ; number++) {
    const prefix = `${best}${inLetters(number)}${year}`;
    if (!isTaken(prefix)) return prefix;
  }
}

/** The letters to begin with, and those to lengthen them by. */
function lettersOf(title: string): [best: string, rest: string] {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '');
  const words = (plain.match(/[A-Za-z]+/g) ?? []).filter((word) => !GENERIC.has(word.toLowerCase()));
  const known = words.filter((word) => /^[A-Z]{2,6}$/.test(word)).toSorted((one, other) => one.length - other.length);
  const [first] = known;
  if (first !== undefined) return [first, upper(words.toSpliced(words.indexOf(first), 1))];
  const [only, ...others] = words;
  if (only === undefined) return ['EV', ''];
  if (others.length === 0) return [upper([only.slice(0, FEW_LETTERS)]), upper([only.slice(FEW_LETTERS)])];
  return [upper(words.slice(0, FEW_LETTERS).map((word) => word.slice(0, 1))), upper(words)];
}

function upper(words: readonly string[]): string {
  return words.join('').toUpperCase();
}

/** A, B ... Z, AA, AB ... */
function inLetters(number: number): string {
  const last = String.fromCharCode(65 + (number % 26));
  return number < 26 ? last : inLetters(Math.floor(number / 26) - 1) + last;
}
