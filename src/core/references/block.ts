import { findReferences, type Reference } from './find.ts';
import { KERNEL } from './kernel/pack.ts';
import type { ReferencePack } from './pack.ts';

/** The community whose references are known here. Another one's pack stands in its place. */
const PACK: ReferencePack = KERNEL;

/** A run of a block's text. A line break is `\n`, what is no text is `\ufffc`. */
export interface Piece {
  text: string;
  /** Inline code. */
  code: boolean;
  /** Part of a link that somebody made. */
  link: boolean;
}

export interface BlockReference extends Reference {
  /** In a link already: it leads where its maker said. */
  linked: boolean;
}

/** What stands behind so many characters of one block is left alone: a key must be answered at once in any block. */
const MOST = 20_000;

/** The references in the text of a block that is no code block. Inline code is one when it is nothing else. */
export function blockReferences(pieces: readonly Piece[]): BlockReference[] {
  const text = pieces.map((piece) => (piece.code ? '\ufffc'.repeat(piece.text.length) : piece.text)).join('');
  const found = [...findReferences(text.slice(0, MOST), PACK), ...inCode(pieces)];
  const links = placed(pieces).filter(({ link }) => link);
  return found
    .sort((one, other) => one.from - other.from)
    .map((each) => ({ ...each, linked: links.some(({ from, to }) => from < each.to && each.from < to) }));
}

/** The reference that an address is, if it is a known one. */
export function addressReference(address: string): Reference | null {
  const [found] = findReferences(address.slice(0, MOST), PACK);
  return found && found.from === 0 && found.to === address.length ? found : null;
}

/** Whether a line is one that programs read whole, such as `Fixes: …`: nobody breaks it in two. */
export function isTrailer(line: string): boolean {
  return PACK.trailer.test(line);
}

/** The word of a kind for people; the kind itself when it is none of the pack. */
export function kindWord(kind: string): string {
  return PACK.recognisers.find((each) => each.kind === kind)?.word ?? kind;
}

type Placed = Piece & { from: number; to: number };

function placed(pieces: readonly Piece[]): Placed[] {
  let at = 0;
  return pieces.map((piece) => ({ ...piece, from: at, to: (at += piece.text.length) }));
}

function inCode(pieces: readonly Piece[]): Reference[] {
  const whole: Placed[] = [];
  for (const piece of placed(pieces)) {
    const last = whole.at(-1);
    if (!piece.code) continue;
    if (last?.to === piece.from) whole[whole.length - 1] = { ...last, text: last.text + piece.text, to: piece.to };
    else whole.push(piece);
  }
  return whole.flatMap(({ text, from, to }) => {
    const reference = to > MOST ? null : addressReference(text);
    return reference ? [{ ...reference, from, to }] : [];
  });
}
