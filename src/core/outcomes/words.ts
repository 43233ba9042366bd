import { type OutcomeKind, STATES } from './kinds.ts';
import { looksLikeName, splitNames } from './names.ts';

/** A part of a line, in UTF-16 units from its start. */
export interface Range {
  from: number;
  to: number;
}

/** Where in a line the parts of an outcome stand. The text is what lies between the words at its start and those at its end. */
export interface OutcomeWords {
  kind: OutcomeKind;
  owners: Range[];
  due: Range | null;
  /** null when the line says none. */
  state: string | null;
  more: Range | null;
  short: Range | null;
  text: Range;
}

/** The words at the start of a line. `bare`: no colon and no dash ends them, only the next word. */
export interface OutcomeHead {
  kind: OutcomeKind;
  state: string | null;
  owners: Range[];
  end: number;
  bare: boolean;
  /** Owners may still stand before a dash: `ACTION: Ana + Bo -- write it up`. */
  ownersMayFollow: boolean;
}

const KINDS: Readonly<Record<string, OutcomeKind>> = {
  ...{ ACTION: 'action', AI: 'action', TODO: 'action' },
  ...{ DECISION: 'decision', AGREED: 'decision', RESOLVED: 'decision' },
  ...{ QUESTION: 'question', Q: 'question', OPEN: 'question', GAP: 'gap' },
};

/** Those that need nothing behind them. */
const BARE = new Set(['TODO', 'AGREED', 'RESOLVED']);

const BOX = /^(?:[-*+][ \t]+)?\[([ xX]?)\](?:[ \t\u00a0]+|$)/;
const WORD = /^(?:ACTION|AI|TODO|DECISION|AGREED|RESOLVED|QUESTION|Q|OPEN|GAP)(?![\p{L}\p{N}_])/u;
const UNKNOWN = /^(?:[-*+][ \t]+)?\?{3}(?!\?)/;
const BULLET = /^[-*+][ \t]+/;
const NO_OWNER = /^[ \t]*\(no owner\)[ \t]*(?::|--?|–|—)?(?:[ \t\u00a0]+|$)/i;
/** Up to the first colon. */
const OWNERS = /^([ \t]+)([^\s:][^:\n]{0,2000}?)[ \t]*:(?:[ \t\u00a0]+|$)/;
const COLON = /^[ \t]*:(?:[ \t\u00a0]+|$)/;
const DASH = /^[ \t]+(?:--?|–|—)(?:[ \t\u00a0]+|$)/;
const SPACE = /^(?:[ \t\u00a0]+|$)/;

/** `isKnown` says whether somebody of the event is called so. */
export type IsKnown = (name: string) => boolean;

const nobody: IsKnown = () => false;

/** What a line begins with, when that makes it an outcome. */
export function outcomeHead(line: string, isKnown: IsKnown = nobody): OutcomeHead | null {
  const box = BOX.exec(line);
  const start = box?.[0].length ?? 0;
  const head = worded(line, start, box !== null, isKnown);
  if (!box) return head;
  const done = box[1]?.trim() ? 'done' : 'open';
  if (head) return head.kind === 'action' ? { ...head, state: done } : head;
  return { kind: 'action', state: done, owners: [], end: start, bare: false, ownersMayFollow: false };
}

function worded(line: string, start: number, boxed: boolean, isKnown: IsKnown): OutcomeHead | null {
  const bullet = start === 0 ? (BULLET.exec(line)?.[0].length ?? 0) : 0;
  const from = start + bullet;
  const gap = UNKNOWN.exec(line.slice(from));
  const word = gap?.[0] ?? WORD.exec(line.slice(from))?.[0];
  if (word === undefined) return null;
  const kind = gap ? 'gap' : (KINDS[word] ?? 'gap');
  const at = from + word.length;
  const rest = line.slice(at);
  const head = { kind, state: null, owners: [] as Range[], bare: false, ownersMayFollow: false };
  const none = NO_OWNER.exec(rest);
  if (none) return { ...head, end: at + none[0].length };
  const named = OWNERS.exec(rest);
  const owners = named && namesIn(line, at + (named[1]?.length ?? 0), named[2] ?? '', kind === 'action', isKnown);
  if (named && owners) return { ...head, owners, end: at + named[0].length };
  const colon = COLON.exec(rest) ?? DASH.exec(rest);
  if (colon) return { ...head, end: at + colon[0].length, ownersMayFollow: kind === 'action' };
  const space = gap || BARE.has(word) || (boxed && kind === 'action') ? SPACE.exec(rest) : null;
  return space && { ...head, end: at + space[0].length, bare: !gap };
}

/** The names in `words`, which stand at `from`; null when they are no names. Only those with an `@` are taken on trust. */
function namesIn(line: string, from: number, words: string, free: boolean, isKnown: IsKnown): Range[] | null {
  const ranges = splitNames(words, from);
  if (ranges.length === 0) return null;
  if (words.startsWith('@')) return ranges;
  if (!free) return null;
  const names = ranges.map((range) => line.slice(range.from, range.to));
  return names.every((name) => isKnown(name) || looksLikeName(name)) ? ranges : null;
}

const SHORT = /(?:^|[ \t]+)\[([A-Z]{1,10}\d{2}-[DAQG][1-9]\d{0,8})\]$/;
const DUE = /(?:^|[ \t]+)\((?:due|by)(?::[ \t]*|[ \t]+)([^()\s](?:[^()]*[^()\s])?)\)$/i;
const DUE_DASH = /(?:^|[ \t]+)(?:--|–|—)[ \t]*(?:by|due)[ \t]+([^()\s](?:[^()]{0,100}[^()\s])?)$/i;
const STATE = /(?:^|[ \t]+)\(([a-z][a-z ]*)(?::[ \t]+([^()\s](?:[^()]*[^()\s])?))?\)$/;
/** No word at a line's end is longer, and a line may be a megabyte. */
const TAIL = 1000;

/** Reads a line of words people use for outcomes; null when it is none. */
export function outcomeWords(line: string, isKnown: IsKnown = nobody): OutcomeWords | null {
  const head = outcomeHead(line, isKnown);
  if (!head) return null;
  const words: OutcomeWords = {
    ...{ kind: head.kind, owners: head.owners, due: null, state: head.state, more: null, short: null },
    text: { from: head.end, to: head.end + line.slice(head.end).trimEnd().length },
  };
  while (endsIn(line, words));
  if (head.ownersMayFollow) takeOwners(line, words, isKnown);
  return words;
}

/** Takes one part off the end. Each is there once. */
function endsIn(line: string, words: OutcomeWords): boolean {
  const { text } = words;
  const start = Math.max(text.from, text.to - TAIL);
  const tail = line.slice(start, text.to);
  // At the start of what is looked at a part may only stand when that is the start of the text.
  const found = (form: RegExp) => {
    const match = form.exec(tail);
    return match && (start === text.from || match.index > 0) ? match : null;
  };
  const take = (match: RegExpExecArray, part = match[1]): Range => {
    text.to = start + match.index;
    const at = start + match.index + match[0].lastIndexOf(part ?? '');
    return { from: at, to: at + (part ?? '').length };
  };
  const short = words.short ? null : found(SHORT);
  if (short) words.short = take(short);
  const due = words.due || short ? null : (found(DUE) ?? found(DUE_DASH));
  if (due) words.due = take(due);
  const state = short || due || words.more ? null : found(STATE);
  if (!state || !STATES[words.kind].some((each) => each === state[1])) return (short ?? due) !== null;
  if (words.state !== null && words.state !== 'open' && words.state !== state[1]) return false;
  words.state = state[1] ?? null;
  const end = take(state, state[2] ?? '');
  words.more = state[2] === undefined ? { from: end.from, to: end.from } : end;
  return true;
}

function takeOwners(line: string, words: OutcomeWords, isKnown: IsKnown): void {
  const { from, to } = words.text;
  const dash = /^(\S.{0,200}?)[ \t]+(?:--|–|—)[ \t]+/.exec(line.slice(from, to));
  const owners = dash && namesIn(line, from, dash[1] ?? '', true, isKnown);
  if (!dash || !owners) return;
  words.owners = owners;
  words.text.from = from + dash[0].length;
}
