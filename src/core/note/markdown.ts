import type { Token } from 'markdown-it';
import { calloutKind } from './callouts.ts';
import type { NoteJson, NoteMark, NoteNode } from './json.ts';
import { safeHref } from './links.ts';
import { EMPTY_PARAGRAPH } from './empty-paragraph.ts';
import { TAG_MARKS, noteMarkdown } from './markdown-dialect.ts';
import type { MarkdownEnv } from './markdown-images.ts';
import { lifted, staysInItem } from './markdown-lists.ts';
import type { OutcomeToken } from './markdown-outcomes.ts';
import { normalNote } from './normal.ts';
import { plainText } from './outline.ts';

const markdown = noteMarkdown();

/**
 * Reads Markdown as a note of this version's schema, in normal form. Any text is Markdown: nothing throws and nothing written
 * is lost. A line break inside a paragraph is kept as a hard break, for people write notes and trailers line by line.
 * Underline is `<u>text</u>`; an empty paragraph is `&nbsp;` alone; a line of a task (`- [ ]`), or one that
 * begins with words such as `DECISION:`, is an outcome; an image of another place, or
 * among other text, is a link.
 *
 * @param origin of this server: images with a whole address are known by it
 */
export function parseMarkdown(text: string, origin = ''): NoteJson {
  const env: MarkdownEnv = { origin };
  const content = blocks(markdown.parse(text.toWellFormed(), env));
  return normalNote({ content: content.length > 0 ? content : [{ type: 'paragraph' }] });
}

/** Opening tokens of nodes with content. */
const CONTAINERS: Record<string, (token: Token) => NoteNode> = {
  paragraph_open: (token) => {
    const outcome = (token.meta as { outcome?: OutcomeToken } | null)?.outcome;
    if (!outcome) return { type: 'paragraph' };
    const node = { type: 'outcome', attrs: { ...outcome.facts } };
    if (outcome.inPlace) staysInItem(node);
    return node;
  },
  heading_open: (token) => ({ type: 'heading', attrs: { level: Number(token.tag.slice(1)) } }),
  blockquote_open: (token) => {
    const kind = (token.meta as { callout?: unknown } | null)?.callout;
    return kind === undefined ? { type: 'blockquote' } : { type: 'callout', attrs: { kind: calloutKind(kind) } };
  },
  bullet_list_open: () => ({ type: 'bulletList' }),
  ordered_list_open: (token) => ({ type: 'orderedList', attrs: { start: Number(token.attrGet('start') ?? 1) } }),
  list_item_open: () => ({ type: 'listItem' }),
  table_open: () => ({ type: 'table' }),
  tr_open: () => ({ type: 'tableRow' }),
  td_open: () => ({ type: 'tableCell' }),
  details_open: () => ({ type: 'details' }),
  summary_open: () => ({ type: 'detailsSummary' }),
  inside_open: () => ({ type: 'detailsContent' }),
  note_image_open: (token) => ({ type: 'image', attrs: { ...(token.meta as { file: string }), alt: '' } }),
};

const LEAVES: Record<string, (token: Token) => NoteNode[]> = {
  hr: () => [{ type: 'horizontalRule' }],
  fence: (token) => [codeBlock(token, markdown.utils.unescapeAll(token.info.trim()))],
  code_block: (token) => [codeBlock(token, '')],
  inline: (token) => (token.content === EMPTY_PARAGRAPH ? [] : inlines(token.children ?? [])),
};

function codeBlock(token: Token, info: string): NoteNode {
  const text = token.content.replace(/\n$/, '');
  const language = info.replace(/\p{Cc}/gu, ' ').trim();
  return {
    type: 'codeBlock',
    ...(language ? { attrs: { language } } : {}),
    content: text === '' ? [] : [{ type: 'text', text }],
  };
}

function blocks(tokens: Token[]): NoteNode[] {
  const root: NoteNode = { type: 'doc', content: [] };
  const open: NoteNode[] = [root];
  for (const token of tokens) {
    const parent = open.at(-1) ?? root;
    const made = CONTAINERS[token.type]?.(token);
    if (made) {
      (parent.content ??= []).push(made);
      open.push(made);
    } else if (token.nesting < 0) closeNode(open.pop());
    else for (const leaf of LEAVES[token.type]?.(token) ?? []) (parent.content ??= []).push(leaf);
  }
  return lifted(root.content ?? []);
}

/** The schema wants a block inside these, and Markdown has them empty. */
const NEVER_EMPTY = new Set(['blockquote', 'listItem', 'callout']);

function closeNode(node: NoteNode | undefined): void {
  if (!node) return;
  if (node.content) node.content = lifted(node.content);
  if (NEVER_EMPTY.has(node.type) && !node.content?.length) node.content = [{ type: 'paragraph' }];
  if (node.type !== 'image') return;
  node.attrs = { ...node.attrs, alt: plainText(node) };
  delete node.content;
}

const DELIMITERS: Record<string, string> = { strong: 'bold', em: 'italic', s: 'strike' };

/**
 * Text with its marks. Marks are sets here, not trees, so an opening token adds to the set and its closing token takes away;
 * counts, because the same mark may be open twice.
 */
function inlines(tokens: Token[]): NoteNode[] {
  const partners = tagPartners(tokens);
  const open = new Map<string, number>();
  let link: NoteMark | null = null;
  let linkFrom = 0;
  const made: NoteNode[] = [];
  const marks = (...more: string[]): NoteMark[] => [
    ...(link ? [link] : []),
    ...[...open].filter(([, count]) => count > 0).map(([type]) => ({ type })),
    ...more.map((type) => ({ type })),
  ];
  const count = (type: string, by: number) => open.set(type, (open.get(type) ?? 0) + by);
  const say = (text: string, ...more: string[]) => made.push({ type: 'text', text, marks: marks(...more) });

  tokens.forEach((token, i) => {
    const delimiter = DELIMITERS[token.tag];
    if (token.type === 'link_open') {
      link = linkMark(token.attrGet('href'), token.attrGet('title'));
      linkFrom = made.length;
    } else if (token.type === 'link_close') {
      // A link without words is its address.
      if (link && !made.slice(linkFrom).some(({ type }) => type === 'text')) say(String(link.attrs?.href));
      link = null;
    } else if (token.type === 'hardbreak' || token.type === 'softbreak') made.push({ type: 'hardBreak' });
    else if (token.type === 'code_inline') say(token.content, 'code');
    else if (token.type === 'image') made.push(imageLink(token, marks()));
    else if (token.type === 'tag' && partners.has(i))
      count(TAG_MARKS.get(token.tag) ?? '', token.info === '/' ? -1 : 1);
    else if (token.nesting !== 0 && delimiter) count(delimiter, token.nesting);
    else say(token.content);
  });
  return made;
}

function linkMark(href: unknown, title: unknown): NoteMark | null {
  const safe = safeHref(href);
  return safe === null ? null : { type: 'link', attrs: { href: safe, ...(title ? { title } : {}) } };
}

function imageLink(token: Token, marks: NoteMark[]): NoteNode {
  const src = String(token.attrGet('src') ?? '');
  const own = linkMark(src, token.attrGet('title'));
  const outside = marks.filter((mark) => mark.type !== 'link');
  return { type: 'text', text: token.content || src, marks: own ? [...outside, own] : marks };
}

/** Indexes of tags that have a partner: an opening one and the next closing one of its name. */
function tagPartners(tokens: Token[]): Set<number> {
  const paired = new Set<number>();
  const waiting = new Map<string, number[]>();
  tokens.forEach((token, i) => {
    if (token.type !== 'tag') return;
    const openings = waiting.get(token.tag) ?? [];
    waiting.set(token.tag, openings);
    if (token.info !== '/') openings.push(i);
    else {
      const opening = openings.pop();
      if (opening !== undefined) paired.add(opening).add(i);
    }
  });
  return paired;
}
