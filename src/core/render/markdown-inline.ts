import type { NoteMark } from '../note/json.ts';

/** Inline Markdown before it is decided how marks are written: that depends on the characters beside them. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'source'; source: string }
  | { kind: 'break' }
  | { kind: 'open' | 'close'; pair: Pair };

/** A mark around pieces: delimiters where they are read as such, else tags. */
export interface Pair {
  open: string;
  close: string;
  /** Name of the tag to fall back to; null for what always works. */
  tag: string | null;
  /** Delimiters inside a word are not read as such. */
  wholeWords: boolean;
  inLink: boolean;
}

export const delimited = (delimiter: string, tag: string, wholeWords = false): Pair => ({
  open: delimiter,
  close: delimiter,
  tag,
  wholeWords,
  inLink: false,
});

export const tagged = (tag: string): Pair => ({
  open: `<${tag}>`,
  close: `</${tag}>`,
  tag: null,
  wholeWords: false,
  inLink: false,
});

export function wrap(pair: Pair, inner: Piece[]): Piece[] {
  return [{ kind: 'open', pair }, ...inner, { kind: 'close', pair }];
}

/** The source of one paragraph. `oneLine` for headings, whose breaks are written as tags. */
export function inlineSource(pieces: Piece[], oneLine: boolean): string {
  const written = useTags(write(joinTexts(pieces), oneLine));
  return written.map((part) => part.source).join('');
}

/** So that beside a text there is always a mark, a break or an end. */
function joinTexts(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text')
      joined[joined.length - 1] = { kind: 'text', text: last.text + piece.text };
    else joined.push(piece);
  }
  return joined;
}

interface Written {
  source: string;
  /** Set on the two ends of a pair. */
  end?: { kind: 'open' | 'close'; pair: Pair };
}

function write(pieces: Piece[], oneLine: boolean): Written[] {
  let links = 0;
  return pieces.map((piece, i): Written => {
    switch (piece.kind) {
      case 'source':
        return { source: piece.source };
      case 'break':
        // A backslash before the end of a paragraph is a backslash.
        return { source: oneLine || i === pieces.length - 1 ? '<br>' : '\\\n' };
      case 'open':
      case 'close':
        if (piece.pair.inLink) links += piece.kind === 'open' ? 1 : -1;
        return { source: piece.kind === 'open' ? piece.pair.open : piece.pair.close, end: piece };
      case 'text':
        return { source: guardEnds(escapeText(piece.text, links > 0), isEdge(pieces[i - 1]), isEdge(pieces[i + 1])) };
    }
  });
}

const isEdge = (neighbour: Piece | undefined) => neighbour === undefined || neighbour.kind === 'break';

/** Spaces at the two ends of a line would be dropped. */
function guardEnds(source: string, atStart: boolean, atEnd: boolean): string {
  let guarded = source;
  if (atEnd) guarded = guarded.replace(/\s$/, asNumber);
  if (atStart) guarded = guarded.replace(/^\s/, asNumber);
  return guarded;
}

const asNumber = (character: string) => `&#${character.charCodeAt(0)};`;

/**
 * Pairs whose delimiters would not be read as such become tags. Delimiters and tags are punctuation alike, so changing one pair
 * does not change what is right for its neighbours.
 */
function useTags(parts: Written[]): Written[] {
  const failing = new Set<Pair>();
  parts.forEach((part, i) => {
    if (!part.end || part.end.pair.tag === null) return;
    const sides = flanks(lastOf(parts[i - 1]), firstOf(parts[i + 1]), part.end.pair.wholeWords);
    if (!(part.end.kind === 'open' ? sides.opens : sides.closes)) failing.add(part.end.pair);
  });
  return parts.map((part) => {
    if (!part.end || !failing.has(part.end.pair)) return part;
    return { source: part.end.kind === 'open' ? `<${part.end.pair.tag}>` : `</${part.end.pair.tag}>` };
  });
}

const firstOf = (part: Written | undefined) => [...(part?.source.slice(0, 2) ?? '')][0] ?? ' ';
const lastOf = (part: Written | undefined) => [...(part?.source.slice(-2) ?? '')].at(-1) ?? ' ';

/** CommonMark 0.31, section 6.2: left-flanking, right-flanking, and what follows from them. */
function flanks(before: string, after: string, wholeWords: boolean): { opens: boolean; closes: boolean } {
  const [spaceBefore, spaceAfter] = [/[\t\n\p{Zs}]/u.test(before), /[\t\n\p{Zs}]/u.test(after)];
  const [markBefore, markAfter] = [/[\p{P}\p{S}]/u.test(before), /[\p{P}\p{S}]/u.test(after)];
  const left = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const right = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  return {
    opens: left && (!wholeWords || !right || markBefore),
    closes: right && (!wholeWords || !left || markAfter),
  };
}

const SPECIAL = /[\\`*~[\]<&!\p{Cc}\ud800-\udfff]|_+/gu;

/** Puts a backslash before what would be read as more than text, and only there: people read the source too. */
function escapeText(text: string, inLink: boolean): string {
  return text.replace(SPECIAL, (found, at: number) => {
    const before = text.slice(Math.max(0, at - 2), at);
    const rest = text.slice(at + found.length, at + found.length + MAX_LOOK);
    const needed = (NEEDS_ESCAPE[found[0] ?? ''] ?? isControl)(before, rest, inLink);
    if (!needed) return found;
    if (/^\p{Cc}/u.test(found)) return asNumber(found);
    return found.replace(/./gu, '\\$&');
  });
}

/** The longest Message-ID or address in angle brackets that is left without a backslash. */
const MAX_LOOK = 1000;

const isControl = () => true;
const always = () => true;

type Needs = (before: string, rest: string, inLink: boolean) => boolean;

/** What follows a special character for it to need a backslash. The end of the text counts, for a mark may begin there. */
const NEEDS_ESCAPE: Record<string, Needs> = {
  '`': always,
  '\\': (_, rest) => rest === '' || /^[!-/:-@[-`{-~\s\p{Cc}]/u.test(rest),
  // Not beside the end of the text, where a space may yet be written as a number.
  '*': (before, rest) => !(/[^] $/.test(before) && /^ [^]/.test(rest)),
  _: (before, rest) => !(/[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(rest)),
  '~': (before, rest) => before === '' || rest === '' || before.endsWith('~') || rest.startsWith('~'),
  '[': (before, rest, inLink) => inLink || (before === '' && /^[^\]]*\]:|^!\w+\]\s*$/.test(rest)),
  ']': (_, rest, inLink) => inLink || rest.startsWith('('),
  '!': (_, rest) => rest === '' || rest.startsWith('['),
  '<': (_, rest) => /^[A-Za-z/!?]/.test(rest) && (AUTOLINK.test(rest) || !MAIL_LIKE.test(rest)),
  '&': (_, rest) => /^(#\d|#[xX][\da-fA-F]|[A-Za-z][A-Za-z0-9]*;)/.test(rest),
  '\t': () => false,
};

const AUTOLINK = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const MAIL_LIKE = /^[^\s<>]+@[^\s<>]+>/;

/** Backslashes before line beginnings that would start a block. */
export function guardLines(source: string): string {
  return source.split('\n').map(guardLine).join('\n');
}

function guardLine(line: string): string {
  if (/^(#{1,6}(?=[ \t]|\\?$)|>|[-+*](?=[ \t]|\\?$)|[-=][-=\s]*\\?$)/.test(line)) return `\\${line}`;
  // The second line of a table, which would make one of the line before.
  if (/^[-:|][-:|\s]*$/.test(line)) return `\\${line}`;
  return line.replace(/^(\d{1,9})([.)])(?=[ \t]|\\?$)/, '$1\\$2');
}

/** Where a link leads, as it is written after its text. */
export function linkTarget(href: string, mark: NoteMark): string {
  const safe = /^[^\s()<>\\&]+$/.test(href) ? href : `<${href.replace(/[<>\\]/g, '\\$&').replaceAll('&', '&amp;')}>`;
  const title = mark.attrs?.title;
  if (typeof title !== 'string' || title === '') return `](${safe})`;
  const written = title
    .replace(/["\\]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replace(/[\r\n]/g, asNumber);
  return `](${safe} "${written}")`;
}
