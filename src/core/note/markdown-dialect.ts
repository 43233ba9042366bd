import createMarkdown from 'markdown-it';
import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { safeHref } from './links.ts';
import { useCallouts } from './markdown-callouts.ts';
import { MOST_DETAILS, useDetails } from './markdown-details.ts';
import { useImages } from './markdown-images.ts';
import { useOutcomes } from './markdown-outcomes.ts';
import { useTables } from './markdown-table.ts';
import { MAX_DEPTH } from './normal.ts';

/** Marks that may also be written as tags; the renderer does so where delimiters would not be read as such. */
export const TAG_MARKS: ReadonlyMap<string, string> = new Map([
  ['u', 'underline'],
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['s', 'strike'],
  ['del', 'strike'],
  ['code', 'code'],
]);

type InlineRule = (state: StateInline, silent: boolean) => boolean;
type BlockRule = (state: StateBlock, startLine: number, endLine: number, silent: boolean) => boolean;

/**
 * CommonMark with strikethrough, tables, details, callouts and outcomes, for notes. Where it differs, the reason is that nothing written may vanish or change:
 * - no HTML but the few tags of `TAG_MARKS` and `<br>`, without attributes, and the lines that make details; all other is text;
 * - no reference definitions: lines such as `[1]: https://...` stay text;
 * - `<name@host>` is text, for it is a Message-ID as often as an address; bare addresses are not made links;
 * - a backslash before a quotation mark is a backslash, as in the quoted subject of a commit;
 * - a link outside the allow-list stays the text it was.
 */
export function noteMarkdown(): MarkdownIt {
  const md = new createMarkdown('commonmark', { html: false, maxNesting: 2 * MAX_DEPTH });
  md.enable('strikethrough');
  md.disable(['reference', 'html_block', 'html_inline']);
  md.normalizeLink = (url) => url;
  md.normalizeLinkText = (text) => text;
  md.validateLink = (url) => safeHref(url) !== null;
  md.inline.ruler.at('escape', escape);
  md.inline.ruler.at('autolink', autolink);
  md.inline.ruler.before('entity', 'character', character);
  md.inline.ruler.before('autolink', 'tag', tag);
  md.block.ruler.before('code', 'too-deep', tooDeep);
  useTables(md);
  useDetails(md);
  useImages(md);
  useCallouts(md);
  useOutcomes(md);
  return md;
}

const ESCAPABLE = /^[!#-&(-/:-@[-`{-~]/;

const escape: InlineRule = (state, silent) => {
  if (state.src[state.pos] !== '\\') return false;
  const next = state.src[state.pos + 1] ?? '';
  if (next === '\n') {
    if (!silent) state.push('hardbreak', 'br', 0);
    state.pos += 2;
    while (state.pos < state.posMax && /[ \t]/.test(state.src[state.pos] ?? '')) state.pos++;
    return true;
  }
  const escaped = state.pos + 1 < state.posMax && ESCAPABLE.test(next);
  // A token of its own: an escaped space-like or `*` must not be seen by the rules that look at the pending text.
  if (!silent) state.push('text_special', '', 0).content = escaped ? next : '\\';
  state.pos += escaped ? 2 : 1;
  return true;
};

const AUTOLINK = /<((?:https?|mailto):[^\s<>\p{Cc}]+)>/iuy;

const autolink: InlineRule = (state, silent) => {
  const href = matchAt(AUTOLINK, state.src, state.pos)?.[1];
  if (href === undefined || state.linkLevel > 0 || safeHref(href) !== href) return false;
  if (!silent) {
    state.push('link_open', 'a', 1).attrs = [['href', href]];
    state.push('text', '', 0).content = href;
    state.push('link_close', 'a', -1);
  }
  state.pos += href.length + 2;
  return true;
};

const CHARACTER = /&#(\d{1,7});/y;

/** Control characters by number, which CommonMark replaces: the renderer writes them so, and they must come back. */
const character: InlineRule = (state, silent) => {
  const match = matchAt(CHARACTER, state.src, state.pos);
  const code = Number(match?.[1] ?? 0);
  if (!match || code === 0 || code > 0x9f) return false;
  if (!silent) state.push('text_special', '', 0).content = String.fromCharCode(code);
  state.pos += match[0].length;
  return true;
};

const TAG = /<(\/?)([a-z]+)( ?\/)?>/y;

const tag: InlineRule = (state, silent) => {
  const match = matchAt(TAG, state.src, state.pos);
  if (!match) return false;
  const [source, slash = '', name = '', selfClosing] = match;
  const isBreak = name === 'br' && slash === '';
  if (!isBreak && (selfClosing !== undefined || !TAG_MARKS.has(name))) return false;
  if (!silent) {
    // `nesting` stays 0: pairs are found afterwards, over all tokens, and a tag without a partner is text.
    const token = state.push(isBreak ? 'hardbreak' : 'tag', name, 0);
    token.content = source;
    token.info = slash;
  }
  state.pos += source.length;
  return true;
};

function matchAt(pattern: RegExp, src: string, pos: number): RegExpExecArray | null {
  pattern.lastIndex = pos;
  return pattern.exec(src);
}

/**
 * A list needs three more levels than where it stands: its item, a paragraph and the text. The parser does not count those of
 * details.
 */
const LAST_LEVEL = MAX_DEPTH - 3 - 2 * MOST_DETAILS;

/** At the deepest level allowed, whatever follows is one paragraph: the parser would drop it without a word. */
const tooDeep: BlockRule = (state, startLine, endLine, silent) => {
  if (state.level < LAST_LEVEL || silent) return false;
  state.push('paragraph_open', 'p', 1);
  const inline = state.push('inline', '', 0);
  inline.content = state.getLines(startLine, endLine, state.blkIndent, false).trim();
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
  state.line = endLine;
  return true;
};
