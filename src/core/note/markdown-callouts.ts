import type { MarkdownIt, StateCore } from 'markdown-it';
import { CALLOUTS } from './callouts.ts';

/** A quote that begins with a line such as `[!NOTE]` is a callout, as GitHub has them. */
export function useCallouts(md: MarkdownIt): void {
  md.core.ruler.before('inline', 'callouts', callouts);
}

const MARKER = /^\[!(\w+)\][ \t]*(?:\n|$)/;

function callouts(state: StateCore): void {
  const { tokens } = state;
  const gone = new Set<number>();
  tokens.forEach((quote, i) => {
    const inline = tokens[i + 2];
    if (quote.type !== 'blockquote_open' || tokens[i + 1]?.type !== 'paragraph_open' || !inline) return;
    const [marker, name = ''] = MARKER.exec(inline.content) ?? [];
    const kind = name.toLowerCase();
    if (marker === undefined || !Object.hasOwn(CALLOUTS, kind)) return;
    quote.meta = { callout: kind };
    inline.content = inline.content.slice(marker.length);
    if (inline.content === '') for (const each of [i + 1, i + 2, i + 3]) gone.add(each);
  });
  state.tokens = tokens.filter((_, i) => !gone.has(i));
}
