import type { NoteNode } from '../note/json.ts';
import { IN_PLACE, readsAsOutcome, sourceWords } from '../note/markdown-words.ts';
import { outcomeFacts, type OutcomeFacts } from '../outcomes/facts.ts';
import { type OutcomeLine, outcomeLine } from '../outcomes/line.ts';
import { inlineSource, type Piece } from './markdown-inline.ts';
import type { Place } from './walk.ts';

/** One line, as `parseMarkdown` reads it: `- [ ] ACTION @Ana: text (due 2023-12-01)`. */
export function outcomeBlock(node: NoteNode, pieces: Piece[], place: Place): string {
  const facts = outcomeFacts(node.attrs);
  const inPlace = isInside(place, ['blockquote', 'listItem']);
  const boxed = facts.kind === 'action' && !inPlace;
  const line = outcomeLine(facts, boxed, escaped);
  const written = lineOf(line, inlineSource(pieces, true));
  // Where the text itself has such words, their signs are escaped.
  const source = isReadBack(written, line, facts)
    ? written
    : lineOf(line, inlineSource(pieces.flatMap(strictly), true));
  return `${boxed ? `- [${facts.state === 'done' ? 'x' : ' '}] ` : ''}${source}${inPlace ? IN_PLACE : ''}`;
}

const lineOf = ({ before, after }: OutcomeLine, text: string) => `${before}${text && ` ${text}`}${after}`;

function isReadBack(written: string, { before, after }: OutcomeLine, facts: OutcomeFacts): boolean {
  const words = sourceWords(written);
  return (
    words?.kind === facts.kind &&
    words.text.to === written.length - after.length &&
    (words.text.from === before.length + 1 || words.text.from === words.text.to)
  );
}

/** In the words beside the text. */
const escaped = (words: string) => words.replace(/[\\()[\]:;&@<>*_`~]/g, '\\$&');

const STRICT = /[()[\]:@–—-]/;

function strictly(piece: Piece): Piece[] {
  if (piece.kind !== 'text') return [piece];
  return piece.text.split(/([()[\]:@–—-])/).map((part): Piece => {
    if (!STRICT.test(part)) return { kind: 'text', text: part };
    return { kind: 'source', source: part < '\u0080' ? `\\${part}` : entity(part) };
  });
}

const entity = (sign: string) => `&#${sign.codePointAt(0) ?? 0};`;

/** Lines of a paragraph that would be read as outcomes, written so that they are not. */
export function plainLines(source: string, place: Place): string {
  // In quotes words alone are none, and the sign that would make them one is escaped as any other.
  if (isInside(place, ['blockquote'])) return source;
  return source.split('\n').map(plainLine).join('\n');
}

function plainLine(line: string): string {
  if (!readsAsOutcome(line)) return line;
  const apart = line.replace(':', '\\:');
  if (apart !== line && !readsAsOutcome(apart)) return apart;
  return /^[A-Z]/.test(line) ? `${entity(line)}${line.slice(1)}` : `\\${line}`;
}

function isInside(place: Place, types: readonly string[]): boolean {
  for (let at: Place | null = place; at; at = at.outer) if (types.includes(at.parent.type)) return true;
  return false;
}
