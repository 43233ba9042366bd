import { CARET_COLOURS } from '#core/wire/colours.ts';

/** Number of a caret colour from 1, as the class `mark-<n>` of `person-mark.css` has it; 0 for one that is not ours. */
export function colourNumber(colour: string): number {
  return CARET_COLOURS.findIndex((known) => known.colour === colour.toLowerCase()) + 1;
}
