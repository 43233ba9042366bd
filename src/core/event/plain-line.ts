/**
 * Characters that one line of plain text never needs and that let it look like something else: controls, direction overrides
 * and marks, invisible fillers, lone surrogates. The joiners and variation selectors stay: scripts and emoji are spelt with them.
 */
const UNWANTED =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}]|(?![\u200c\u200d\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}|[\u2028\u2029\ufeff]/u;
const ALL_UNWANTED = new RegExp(UNWANTED.source, 'gu');
const WHITE = /[\s\u00a0]+/gu;

/** NFC, runs of white space as one space, none at the ends. */
export function collapse(text: string): string {
  return text.normalize('NFC').replace(WHITE, ' ').trim();
}

export function hasUnwanted(line: string): boolean {
  return UNWANTED.test(line);
}

/** For text of a source, where nobody can be asked: the unwanted characters are dropped. */
export function cleanLine(text: string): string {
  return collapse(collapse(text).replace(ALL_UNWANTED, ''));
}

/** At least one character that leaves ink. */
export function isVisible(line: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(line.replace(ALL_UNWANTED, '').replaceAll('\u2800', ''));
}

/** Length as a reader counts it, near enough: code points. */
export function lengthOf(line: string): number {
  return [...line].length;
}
