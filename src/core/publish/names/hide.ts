import { spellingsOf } from '../../event/names.ts';
import { stampLength } from '../../note/line-marks.ts';
import { blockReferences } from '../../references/block.ts';
import { type Hidden, isNobody, NO_ADDRESS, SOMEONE, WORD } from './hidden.ts';
import { restOfName } from './looks.ts';

/** A stretch of a text, in UTF-16 units, and what stands there instead. */
export interface Replacement {
  from: number;
  to: number;
  instead: string;
}

/** A text without the names. */
export function hide(text: string, hidden: Hidden): string {
  let made = '';
  let at = 0;
  for (const { from, to, instead } of replacements(text, hidden)) {
    made += text.slice(at, from) + instead;
    at = to;
  }
  return made + text.slice(at);
}

/** The name of an owner or speaker by itself: initials and first names mean the person there. */
export function hideName(name: string, hidden: Hidden): string {
  return hidden.everyone || isMeant(name, hidden) ? SOMEONE : hide(name, hidden);
}

/**
 * Where names stand in a text of any number of lines, in order: whole names in any case and with or without accents; a first or
 * last name alone with a capital letter, with what follows of the name where one word is all that is known; any of them, and initials, behind an `@` and as the speaker of a line; mail addresses of
 * those persons. Addresses of pages, Message-IDs and lists are never touched: they would lead nowhere.
 */
export function replacements(text: string, hidden: Hidden): Replacement[] {
  if (isNobody(hidden)) return [];
  const found = [...speakers(text, hidden), ...named(text, hidden), ...unspaced(text, hidden)];
  const kept = keptWhole(text);
  const free = found.filter(({ from, to }) => kept.every((each) => to <= each.from || each.to <= from));
  const all = [...free, ...addresses(text, hidden, free, kept)].sort(
    (one, other) => one.from - other.from || other.to - one.to,
  );
  const chosen: Replacement[] = [];
  for (const each of all) if (each.from >= (chosen.at(-1)?.to ?? 0)) chosen.push(each);
  return chosen;
}

const SHORTEST_BEGINNING = 3;

/** By a name, a word of it, its beginning or initials; also where two of them could be meant: either is hidden. */
function isMeant(name: string, hidden: Hidden): boolean {
  if (isSignedBy(name, hidden)) return true;
  const begun = spellingsOf(name).filter((spelling) => spelling.length >= SHORTEST_BEGINNING);
  return begun.length > 0 && [...hidden.said].some((each) => begun.some((start) => each.startsWith(start)));
}

/** A name, one word of it, or initials, and no beginning of one: before a colon stands many a word. */
function isSignedBy(words: string, { said, initials }: Hidden): boolean {
  return initials.has(words.trim().toLowerCase()) || spellingsOf(words).some((spelling) => said.has(spelling));
}

interface Range {
  from: number;
  to: number;
}

const KEPT_KINDS = new Set(['message-id', 'mailing-list']);

function keptWhole(text: string): Range[] {
  const pages = [...text.matchAll(/https?:\/\/[^\s<>"]+/g)].map(({ index, 0: url }) => ({
    from: index,
    to: index + url.length,
  }));
  if (!text.includes('@')) return pages;
  return [
    ...pages,
    ...blockReferences([{ text, code: false, link: false }]).filter(({ kind }) => KEPT_KINDS.has(kind)),
  ];
}

const NAME_WITHIN = 90;

function speakers(text: string, hidden: Hidden): Replacement[] {
  const found: Replacement[] = [];
  for (let start = 0; start <= text.length; start = text.indexOf('\n', start) + 1 || text.length + 1) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? undefined : end);
    const stamp = stampLength(line);
    const colon = line.slice(stamp, stamp + NAME_WITHIN).search(/:(?:\s|$)/);
    const name = line.slice(stamp, stamp + Math.max(0, colon)).replace(/\s*\([^()]*\)$/, '');
    if (name.trim() !== '' && isSignedBy(name, hidden)) {
      const from = start + stamp;
      found.push({ from, to: from + name.length, instead: capital(SOMEONE) });
    }
  }
  return found;
}

function named(text: string, hidden: Hidden): Replacement[] {
  const found: Replacement[] = [];
  const tokens = [...text.matchAll(WORD)].map(({ index, 0: word }) => ({ from: index, to: index + word.length, word }));
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) continue;
    const at = text[token.from - 1] === '@' && !/[\p{L}\p{N}._-]/u.test(text[token.from - 2] ?? ' ');
    const count = wordsOfName(text, tokens, i, hidden) || (isAlone(token.word, at, hidden) ? 1 : 0);
    const last = tokens[i + count - 1];
    if (count === 0 || !last) continue;
    const to = last.to + (count === 1 && isStart(token.word, hidden) ? restOfName(text, last.to) : 0);
    const from = at ? token.from - 1 : token.from;
    const starts = from === 0 || text[from - 1] === '\n';
    found.push({ from, to, instead: starts ? capital(SOMEONE) : SOMEONE });
    while ((tokens[i + 1]?.from ?? to) < to) i++;
  }
  return found;
}

interface Token extends Range {
  word: string;
}

/** How many words from here are a whole name. Between them stand spaces, dots, dashes and apostrophes alone. */
function wordsOfName(text: string, tokens: readonly Token[], i: number, { whole }: Hidden): number {
  const first = tokens[i];
  if (!first) return 0;
  const names = spellingsOf(first.word).flatMap((spelling) => whole.get(spelling) ?? []);
  const fits = (name: readonly (readonly string[])[]): boolean =>
    name.every((spellings, n) => {
      const token = tokens[i + n];
      const before = tokens[i + n - 1];
      if (!token || !spellingsOf(token.word).some((spelling) => spellings.includes(spelling))) return false;
      return n === 0 || (before !== undefined && /^[\s.'’‐‑-]{1,3}$/.test(text.slice(before.to, token.from)));
    });
  // A name of one word is looked at as a single word is.
  return names.find((name) => name.length > 1 && fits(name))?.length ?? 0;
}

function isAlone(word: string, at: boolean, hidden: Hidden): boolean {
  if (at) return isMeant(word, hidden);
  return /^\p{Lu}/u.test(word) && spellingsOf(word).some((spelling) => hidden.words.has(spelling));
}

const isStart = (word: string, { starts }: Hidden): boolean => spellingsOf(word).some((each) => starts.has(each));

function unspaced(text: string, hidden: Hidden): Replacement[] {
  return hidden.unspaced.flatMap((name) => {
    const found: Replacement[] = [];
    for (let from = text.indexOf(name); from >= 0; from = text.indexOf(name, from + name.length))
      found.push({ from, to: from + name.length, instead: SOMEONE });
    return found;
  });
}

const MAIL = /(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;

function addresses(text: string, hidden: Hidden, named: readonly Replacement[], kept: readonly Range[]): Replacement[] {
  if (!text.includes('@')) return [];
  return [...text.matchAll(MAIL)].flatMap(({ index: from, 0: address }) => {
    const to = from + address.length;
    if (kept.some((each) => each.from < to && from < each.to)) return [];
    const local = address.slice(0, address.indexOf('@'));
    const spelt = (local.match(/\p{L}+/gu) ?? []).flatMap((word) => spellingsOf(word));
    const behind = named.some((each) => each.to <= from && /^["”']?\s*[<(]$/.test(text.slice(each.to, from)));
    const own = behind || isMeant(local, hidden) || spelt.some((word) => hidden.words.has(word));
    return own || hidden.everyone ? [{ from, to, instead: NO_ADDRESS }] : [];
  });
}

const capital = (words: string) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
