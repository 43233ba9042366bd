/** What of one text must go, and what comes in its place, for it to become another. */
export interface Difference {
  from: number;
  to: number;
  text: string;
}

/** From the first word in which they differ to the last. Whole words, so that of what two people write at once none is torn. */
export function difference(before: string, after: string): Difference {
  const [old, now] = [words(before), words(after)];
  let first = 0;
  while (first < old.length && old[first] === now[first]) first += 1;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > first && nowEnd > first && old[oldEnd - 1] === now[nowEnd - 1])
    [oldEnd, nowEnd] = [oldEnd - 1, nowEnd - 1];
  return {
    from: old.slice(0, first).join('').length,
    to: old.slice(0, oldEnd).join('').length,
    text: now.slice(first, nowEnd).join(''),
  };
}

/** Words and the spaces between them. */
function words(text: string): string[] {
  return text.match(/\s+|\S+/g) ?? [];
}

/** A difference on a text that others changed meanwhile: where its text comes in, and what goes behind that. */
export interface Carried {
  at: number;
  text: string;
  cuts: (readonly [from: number, to: number])[];
}

/** Carries a difference over one that others made of the same text. What they wrote stays, also in the middle of what goes. */
export function onto(mine: Difference, theirs: Difference): Carried {
  const by = theirs.text.length - (theirs.to - theirs.from);
  const parts = [
    [mine.from, Math.min(mine.to, theirs.from)],
    [Math.max(mine.from, theirs.to) + by, mine.to + by],
  ] as const;
  return {
    at: mine.from >= theirs.to ? mine.from + by : Math.min(mine.from, theirs.from),
    text: mine.text,
    cuts: parts.filter(([from, to]) => from < to),
  };
}
