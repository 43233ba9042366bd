import type { Look, Match, Parts, Pointer, Recogniser, ReferencePack } from './pack.ts';

/** A reference in a text. Places count UTF-16 units from the start of the text. */
export interface Reference {
  kind: string;
  word: string;
  look: Look;
  from: number;
  to: number;
  /** See `Pointer`. */
  key: string;
  href: string | null;
  list: string | null;
  subject: string | null;
  parts: Parts;
}

/** The references of a text, in order; none overlaps another. Time grows with the length of the text. */
export function findReferences(text: string, { recognisers }: Pick<ReferencePack, 'recognisers'>): Reference[] {
  let found: Reference[] = [];
  for (const recogniser of recognisers) {
    const more = foundBy(recogniser, text, found);
    if (more.length > 0)
      found = [...found, ...more.flatMap((each) => orWhatIsWithin(each, recognisers))].sort(
        (one, other) => one.from - other.from,
      );
  }
  return found;
}

/** The kind, the list and the subject of a reference in one line: what is known of it offline. */
export function knownOf({ word, list, subject }: Pick<Reference, 'word' | 'list' | 'subject'>): string {
  return [word, list, subject].filter((part) => part !== null).join(' · ');
}

interface Claim extends Reference {
  within: Pointer['within'];
}

/** How far a recogniser sees what stands before its match. */
const BEFORE = 60;

function foundBy({ kind, word, look, pattern, read }: Recogniser, text: string, taken: Reference[]): Claim[] {
  const made: Claim[] = [];
  let next = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [from, to] = trimmed(match[0], match.index);
    while ((taken[next]?.to ?? Infinity) <= from) next++;
    const other = taken[next];
    if (other && other.from < to) {
      // What begins behind the other may be one.
      pattern.lastIndex = Math.max(other.to, match.index + 1);
      continue;
    }
    const parts: Parts = match.groups ?? {};
    const around: Match = { words: text.slice(from, to), before: text.slice(Math.max(0, from - BEFORE), from) };
    const pointer = read(parts, around);
    if (!pointer) continue;
    const { key, href, list = null, subject = null, within } = pointer;
    made.push({
      kind,
      word,
      look,
      from,
      to,
      key,
      href,
      list,
      subject: subject ? oneLine(subject) : null,
      parts,
      within,
    });
  }
  return made;
}

/** White space and the signs of a quote before a match are not part of it. */
function trimmed(words: string, at: number): [number, number] {
  const to = at + words.trimEnd().length;
  return [to - words.trimEnd().replace(/^[\s>]+/, '').length, to];
}

const oneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();

function orWhatIsWithin({ within, ...reference }: Claim, recognisers: readonly Recogniser[]): Reference[] {
  const part = within && reference.parts[within.part]?.trimEnd();
  if (!part) return [reference];
  const at = reference.to - part.length;
  const inside = findReferences(part, { recognisers: recognisers.filter(({ kind }) => within.kinds.has(kind)) });
  if (inside.length === 0) return [reference];
  return inside.map((each) => ({ ...each, from: at + each.from, to: at + each.to }));
}
