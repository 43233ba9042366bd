import { CARET_COLOURS } from '#core/wire/colours.ts';

/** Two letters for a name: of the first and the last word, or the first two of a single one. */
export function initials(name: string): string {
  const words = name
    .replace(/\(guest\)/i, '')
    .trim()
    .split(/\s+/u);
  const [first = '', last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letters = last ? [...first].slice(0, 1).concat([...last].slice(0, 1)) : [...first].slice(0, 2);
  return letters.join('').toUpperCase();
}

/** Number of a caret colour from 1, as the class `mark-<n>` of `person-mark.css` has it; 0 for one that is not ours. */
export function colourNumber(colour: string): number {
  return CARET_COLOURS.findIndex((known) => known.colour === colour.toLowerCase()) + 1;
}
