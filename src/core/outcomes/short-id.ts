/** Outcomes of one note that are numbered and listed: a long day makes a hundred. Those after them stay as they are until others go. */
export const OUTCOMES_PER_NOTE = 1_000;

const ID = /^[0-9a-z]{26}$/;
const SHORT = /^[A-Z]{1,10}\d{2}-[DAQG][1-9]\d{0,8}$/;

const LETTERS: Readonly<Record<string, string>> = { decision: 'D', action: 'A', question: 'Q', gap: 'G' };

/** Whether that is the id of an outcome: 130 random bits, written like those in the names of images. */
export function isOutcomeId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** The letter in a short id, of the kind an outcome had when it was given its number. What is no kind counts as a gap. */
export function kindLetter(kind: unknown): string {
  return (typeof kind === 'string' && Object.hasOwn(LETTERS, kind) && LETTERS[kind]) || 'G';
}

/** The short id that is meant, however its letters are written; null when it cannot be one. */
export function shortId(value: unknown): string | null {
  const upper = typeof value === 'string' ? value.toUpperCase() : '';
  return SHORT.test(upper) ? upper : null;
}

/** Id of an outcome in pages, once it has its number; null before that. `value` is the attribute `short`, of any type. */
export function outcomeAnchor(value: unknown): string | null {
  const short = shortId(value);
  return short === null ? null : `o-${short}`;
}
