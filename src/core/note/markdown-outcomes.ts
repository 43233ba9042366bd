import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import type { OutcomeFacts } from '../outcomes/facts.ts';
import { factsOf } from '../outcomes/read.ts';
import { IN_PLACE, readsAsOutcome, masked, sourceWords } from './markdown-words.ts';

/** What a paragraph is marked with that is an outcome. */
export interface OutcomeToken {
  facts: OutcomeFacts;
  /** It stays in the list it stands in. */
  inPlace: boolean;
}

/**
 * Lines of paragraphs that begin with words for outcomes, see `outcomeWords`, but in quotes only those that say so at their end.
 * More lines belong to one when they are indented, or in an item of a list.
 */
export function useOutcomes(md: MarkdownIt): void {
  md.core.ruler.before('inline', 'outcomes', (state) => outcomes(state, md.utils.unescapeAll));
}

type Unescape = (source: string) => string;

function outcomes(state: StateCore, unescape: Unescape): void {
  const open: string[] = [];
  state.tokens = state.tokens.flatMap((token, i, all): Token[] => {
    if (token.nesting > 0) open.push(token.type === 'blockquote_open' && token.meta !== null ? 'callout' : token.type);
    if (token.nesting < 0) open.pop();
    const inline = all[i + 1];
    const isText = (at: number, type: string) => all[at]?.type === type;
    // The paragraph is made anew at its opening.
    if (token.type === 'inline' && isText(i - 1, 'paragraph_open')) return [];
    if (token.type === 'paragraph_close' && isText(i - 2, 'paragraph_open')) return [];
    if (token.type !== 'paragraph_open' || inline?.type !== 'inline' || !isText(i + 2, 'paragraph_close'))
      return [token];
    const place = { inQuote: open.includes('blockquote_open'), inItem: open.at(-2) === 'list_item_open' };
    return paragraphs(inline.content, place, unescape).flatMap(({ content, outcome }) => {
      const [opening, inner, closing] = [copy(state, token), copy(state, inline), copy(state, all[i + 2] ?? token)];
      opening.meta = outcome ? { outcome } : null;
      inner.content = content;
      inner.children = [];
      return [opening, inner, closing];
    });
  });
}

function copy(state: StateCore, token: Token): Token {
  return Object.assign(new state.Token(token.type, token.tag, token.nesting), token);
}

interface Part {
  content: string;
  outcome?: OutcomeToken;
}

interface Surroundings {
  inQuote: boolean;
  inItem: boolean;
}

function paragraphs(source: string, place: Surroundings, unescape: Unescape): Part[] {
  const parts: Part[] = [];
  const lines = source.split('\n');
  if (!lines.some((line) => begins(line, place))) return [{ content: source }];
  let plain: string[] = [];
  const endPlain = () => {
    if (plain.length > 0) parts.push({ content: plain.join('\n') });
    plain = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const words = begins(line, place);
    if (!words) {
      plain.push(line);
      continue;
    }
    plain.push(...plain.splice(-1).map(withoutBreak));
    endPlain();
    let whole = withoutBreak(line);
    while (i + 1 < lines.length && continues(lines[i + 1] ?? '', place))
      whole = `${whole} ${withoutBreak(lines[++i] ?? '').trim()}`;
    parts.push(outcomePart(whole, unescape));
  }
  endPlain();
  return parts;
}

/** What ended a line that is none any more. */
const withoutBreak = (source: string) => source.replace(/(?<!\\)\\$|[ \t]+$/, '');

function begins(line: string, { inQuote }: Surroundings): boolean {
  return (!inQuote || masked(line).endsWith(IN_PLACE)) && readsAsOutcome(line);
}

function continues(line: string, place: Surroundings): boolean {
  return (place.inItem || /^[ \t]/.test(line)) && !readsAsOutcome(line.trim());
}

function outcomePart(line: string, unescape: Unescape): Part {
  const inPlace = masked(line).endsWith(IN_PLACE);
  const source = inPlace ? line.slice(0, -IN_PLACE.length) : line;
  const words = sourceWords(source);
  if (!words) return { content: line };
  const facts = factsOf(words, ({ from, to }) => unescape(source.slice(from, to)));
  return { content: source.slice(words.text.from, words.text.to), outcome: { facts, inPlace } };
}
