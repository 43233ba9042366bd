/** Characters of an old text, and where the same ones stand in the new text. Lengths in UTF-16 units. */
export interface Stretch {
  from: number;
  to: number;
  length: number;
}

/**
 * What of the old text stands in the new one, as far as moving a block or changing its kind goes: all of it, or all but a typed
 * sign such as `# `, or what is before and behind a place that was changed.
 */
export function alignment(old: string, now: string): Stretch[] {
  if (old.endsWith(now)) return stretches({ from: old.length - now.length, to: 0, length: now.length });
  if (now.endsWith(old)) return stretches({ from: 0, to: now.length - old.length, length: old.length });
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return stretches({ from: 0, to: 0, length: head }, { from: old.length - tail, to: now.length - tail, length: tail });
}

function stretches(...found: Stretch[]): Stretch[] {
  return found.filter(({ length }) => length > 0);
}

/** A text that was taken out, or one that was put in by the same change. */
export interface Words {
  text: string;
  /** Texts with the same number stand where nothing else stands between them. */
  place: number;
}

/** `out[from]` went into `put[to]`. */
export interface Pair {
  from: number;
  to: number;
}

/**
 * Which of the texts that were put in takes the place of which that was taken out, both in the order of the note. None for those
 * that were deleted and for new ones: what nobody put in again stays deleted.
 */
export function pairs(out: readonly Words[], put: readonly Words[]): Pair[] {
  const found: Pair[] = [];
  const free = new Set(put.keys());
  const open = new Set(out.keys());
  const take = (fits: (old: Words, now: Words) => boolean): void => {
    for (const from of [...open]) {
      const old = out[from];
      const to = [...free].find((at) => old && put[at] && fits(old, put[at]));
      if (to === undefined) continue;
      free.delete(to);
      open.delete(from);
      found.push({ from, to });
    }
  };
  take((old, now) => old.text !== '' && old.text === now.text && old.place === now.place);
  take((old, now) => old.text !== '' && old.text === now.text);
  take((old, now) => shares(old, now));
  take((old, now) => old.text === '' && now.text === '');
  return found;
}

/** Whether most of the old text stands in the new one, or the new one at its place holds nothing else. */
function shares(old: Words, now: Words): boolean {
  const common = alignment(old.text, now.text).reduce((sum, { length }) => sum + length, 0);
  if (old.place === now.place && common === now.text.length && old.text !== '') return true;
  return common > 0 && common * 2 >= old.text.length;
}
