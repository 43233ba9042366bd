import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it';
import { lineAt } from './markdown-lines.ts';

/** How deep details may stand in one another; what is deeper is text. The levels of blocks are limited by the same number. */
export const MOST_DETAILS = 8;

/**
 * `<details>` and `</details>`, each alone on its line, with a `<summary>` in one line at the beginning. Pairs are found
 * afterwards, over all tokens, and a tag without a partner is text.
 */
export function useDetails(md: MarkdownIt): void {
  md.block.ruler.before('fence', 'details', tagLine, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  md.core.ruler.before('inline', 'details', pair);
}

const OPEN = /^<details(?: open(?:="")?)?>[ \t]*(?:<summary>(.*)<\/summary>)?$/s;
const SUMMARY = /^<summary>(.*)<\/summary>$/s;
const CLOSE = '</details>';

function tagLine(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  const line = lineAt(state, startLine);
  if (line === null || !line.startsWith('<')) return false;
  const open = OPEN.exec(line);
  const summary = SUMMARY.exec(line);
  if (!open && !summary && line !== CLOSE) return false;
  if (silent) return true;
  const type = open ? 'details' : summary ? 'summary' : 'details_end';
  const token = state.push(type, '', 0);
  token.content = line;
  token.meta = { summary: open?.[1] ?? summary?.[1] ?? null };
  state.line = startLine + 1;
  return true;
}

function pair(state: StateCore): void {
  const ends = partners(state.tokens);
  const starts = new Set(ends.values());
  const make = (type: string, nesting: 1 | 0 | -1) => new state.Token(type, '', nesting);
  const inline = (type: string, content: string): Token[] => {
    const inner = make('inline', 0);
    inner.content = content;
    inner.children = [];
    return [make(`${type}_open`, 1), inner, make(`${type}_close`, -1)];
  };
  state.tokens = state.tokens.flatMap((token, i, all) => {
    if (ends.has(token)) return [make('inside_close', -1), make('details_close', -1)];
    if (starts.has(token)) {
      const next = all[i + 1];
      const words = summaryOf(token) ?? (next?.type === 'summary' ? summaryOf(next) : null);
      return [make('details_open', 1), ...inline('summary', words ?? ''), make('inside_open', 1)];
    }
    const before = all[i - 1];
    if (token.type === 'summary' && before && starts.has(before) && summaryOf(before) === null) return [];
    return TAGS.has(token.type) ? inline('paragraph', token.content) : [token];
  });
}

const summaryOf = (token: Token) => (token.meta as { summary: string | null }).summary;

const TAGS = new Set(['details', 'summary', 'details_end']);

/** Ends with the beginnings they belong to: those of the same block, the nearest first. */
function partners(tokens: Token[]): Map<Token, Token> {
  const found = new Map<Token, Token>();
  const open: Token[] = [];
  for (const token of tokens) {
    while (token.level < (open.at(-1)?.level ?? 0)) open.pop();
    if (token.type === 'details') open.push(token);
    if (token.type !== 'details_end' || open.at(-1)?.level !== token.level) continue;
    const start = open.pop();
    if (start && open.length < MOST_DETAILS) found.set(token, start);
  }
  return found;
}
