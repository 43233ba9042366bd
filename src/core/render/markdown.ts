import { calloutKind } from '../note/callouts.ts';
import { imageAddress, imageAlt, imageFile } from '../note/images.ts';
import type { NoteJson, NoteNode } from '../note/json.ts';
import { safeHref } from '../note/links.ts';
import { outcomeBlock, plainLines } from './markdown-outcome.ts';
import { EMPTY_PARAGRAPH } from '../note/empty-paragraph.ts';
import { headingLevel, plainText } from '../note/outline.ts';
import { LAST_LIST_NUMBER } from '../note/schema.ts';
import { delimited, guardLines, inlineSource, linkTarget, tagged, wrap } from './markdown-inline.ts';
import type { Piece } from './markdown-inline.ts';
import { renderNote } from './walk.ts';
import type { Place, Table } from './walk.ts';

/**
 * A note as Markdown that `parseMarkdown` reads back as the same note. Ends with a newline; empty when the note is one empty
 * paragraph. The dialect is described there.
 *
 * @param origin of this server, when the text is read elsewhere: images are given whole addresses
 */
export function renderMarkdown(note: NoteJson, origin = ''): string {
  const source = renderNote(note, markdownTable(origin));
  return source === EMPTY_PARAGRAPH ? '' : `${source}\n`;
}

export const markdownTable = (origin = ''): Table<string, Piece[]> => ({
  blocks: {
    doc: (_, inside) => inside.blocks().join('\n\n'),
    paragraph: (_, inside, place) =>
      plainLines(guardLines(inlineSource(inside.inline(), false)), place) || EMPTY_PARAGRAPH,
    heading: (node, inside) => heading(headingLevel(node), inlineSource(inside.inline(), true)),
    blockquote: (_, inside) => quote(inside.blocks().join('\n\n')),
    bulletList: (node, inside, place) => list(node, inside.blocks(), () => (isOdd(place) ? '* ' : '- ')),
    orderedList: (node, inside, place) => {
      const start = listStart(node);
      const end = isOdd(place) ? ')' : '.';
      return list(node, inside.blocks(), (i) => `${Math.min(start + i, LAST_LIST_NUMBER)}${end} `);
    },
    listItem: (node, inside) => inside.blocks().join(isTight(node) ? '\n' : '\n\n') || EMPTY_PARAGRAPH,
    codeBlock: (node) => codeBlock(plainText(node), node.attrs?.language),
    // As the first thing in an item, dashes after a dash would be a rule for the whole line.
    horizontalRule: (_, __, { parent, index }) => (parent.type === 'listItem' && index === 0 ? '___' : '---'),
    table: (node, inside) => table(inside.blocks(), node.content?.[0]?.content?.length ?? 0),
    tableRow: (_, inside) => tableLine(inside.blocks()),
    // Every bar is escaped, also in code: readers split a row before they look at anything else in it.
    tableCell: (_, inside) => inlineSource(inside.inline(), true).replaceAll('|', '\\|'),
    details: (_, inside) => `<details>\n${inside.blocks().join('\n\n')}\n\n</details>`,
    detailsSummary: (_, inside) => `<summary>${inlineSource(inside.inline(), true)}</summary>`,
    detailsContent: (_, inside) => inside.blocks().join('\n\n'),
    callout: (node, inside) => callout(node, inside.blocks()),
    image: (node, _, place) => image(node, origin, place),
    outcome: (node, inside, place) => outcomeBlock(node, inside.inline(), place),
  },
  inlines: {
    text: (node) => [{ kind: 'text', text: node.text ?? '' }],
    hardBreak: () => [{ kind: 'break' }],
  },
  marks: {
    bold: (_, inner) => wrap(delimited('**', 'strong'), inner()),
    italic: (_, inner) => wrap(delimited('_', 'em', true), inner()),
    strike: (_, inner) => wrap(delimited('~~', 's'), inner()),
    underline: (_, inner) => wrap(tagged('u'), inner()),
    code: (_, inner, nodes) => codeSpan(nodes) ?? wrap(tagged('code'), inner()),
    link: (mark, inner, nodes) => {
      const href = safeHref(mark.attrs?.href);
      if (href === null) return inner();
      const [only] = nodes;
      const bare = nodes.length === 1 && only?.text === href && !only.marks?.length && !mark.attrs?.title;
      if (bare && /^[^\s<>\p{Cc}]+$/u.test(href)) return [{ kind: 'source', source: `<${href}>` }];
      return wrap({ open: '[', close: linkTarget(href, mark), tag: null, wholeWords: false, inLink: true }, inner());
    },
  },
  unknownBlock: (node, inside) =>
    quote([inlineSource(box(`unknown block: ${node.type}`), false), ...inside.blocks()].join('\n\n')),
  unknownInline: (name, inner) => [...boxStart(name), ...inner, ...text(']')],
  unknownMark: (mark, inner) => [...boxStart(mark.type), ...inner, ...text(']')],
  join: (parts) => parts.flat(),
});

function table([header = '|', ...rows]: string[], columns: number): string {
  return [header, tableLine(Array.from({ length: columns }, () => '---')), ...rows].join('\n');
}

const tableLine = (cells: string[]) => (cells.length === 0 ? '|' : `| ${cells.join(' | ')} |`);

function callout(node: NoteNode, blocks: string[]): string {
  const marker = `[!${calloutKind(node.attrs?.kind).toUpperCase()}]`;
  // Not every block may follow a line of text: dashes would make it a heading.
  const between = node.content?.[0]?.type === 'paragraph' ? '\n' : '\n\n';
  return quote([marker, blocks.join('\n\n')].join(between));
}

function image(node: NoteNode, origin: string, place: Place): string {
  const found = imageFile(node.attrs?.file);
  const alt = text(imageAlt(node));
  if (!found) return plainLines(guardLines(inlineSource(alt, false)), place) || EMPTY_PARAGRAPH;
  const close = `](${imageAddress(found, origin)})`;
  return inlineSource(wrap({ open: '![', close, tag: null, wholeWords: false, inLink: true }, alt), true);
}

const text = (words: string): Piece[] => [{ kind: 'text', text: words }];
const box = (words: string): Piece[] => text(`[${words}]`);
const boxStart = (name: string): Piece[] => text(`[unknown ${name}: `);

function heading(level: number, source: string): string {
  // Number signs at the end would be taken for a closing sequence.
  const guarded = source.replace(/#$/, '\\#');
  return `${'#'.repeat(level)} ${guarded}`.trimEnd();
}

const quote = (source: string) =>
  source
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');

/** Lists that follow one another would become one list; another marker keeps them apart. */
function isOdd({ parent, index }: Place): boolean {
  const siblings = parent.content ?? [];
  let before = index;
  while (before > 0 && siblings[before - 1]?.type === siblings[index]?.type) before--;
  return (index - before) % 2 === 1;
}

/** 0 to LAST_LIST_NUMBER; an attribute that is anything else counts as 1. */
export function listStart(node: NoteNode): number {
  const start = node.attrs?.start;
  return typeof start === 'number' && Number.isInteger(start) && start >= 0 && start <= LAST_LIST_NUMBER ? start : 1;
}

function list(node: NoteNode, items: string[], marker: (index: number) => string): string {
  const tight = (node.content ?? []).every(isTight);
  return items
    .map((item, i) => {
      const sign = marker(i);
      return sign + item.replace(/\n(?=[^\n])/g, `\n${' '.repeat(sign.length)}`);
    })
    .join(tight ? '\n' : '\n\n');
}

/** One paragraph, with at most lists after it that may interrupt a paragraph: numbered ones only from 1. */
function isTight(item: NoteNode): boolean {
  const [first, ...rest] = item.content ?? [];
  if (item.type !== 'listItem' || first?.type !== 'paragraph') return false;
  return rest.every(
    (child, i) =>
      (child.type === 'bulletList' || (child.type === 'orderedList' && listStart(child) === 1)) &&
      rest[i - 1]?.type !== child.type &&
      (child.content ?? []).every(isTight),
  );
}

function codeBlock(content: string, language: unknown): string {
  const info = typeof language === 'string' ? escapeInfo(language.replace(/\p{Cc}/gu, ' ').trim()) : '';
  const sign = info.includes('`') ? '~' : '`';
  const runs = content.match(sign === '`' ? /`+/g : /~+/g) ?? [];
  const longest = runs.reduce((most, run) => Math.max(most, run.length), 2);
  const fence = sign.repeat(longest + 1);
  return `${fence}${info}\n${content === '' ? '' : `${content}\n`}${fence}`;
}

const escapeInfo = (info: string) =>
  info.replace(/[^\p{L}\p{N}\s+#./_-]/gu, (sign) => (/[!-~]/.test(sign) ? `\\${sign}` : sign));

/** null when backticks cannot carry it: line breaks and control characters need a form that has escapes. */
function codeSpan(nodes: NoteNode[]): Piece[] | null {
  if (nodes.some((node) => node.type !== 'text')) return null;
  const content = nodes.map((node) => node.text ?? '').join('');
  if (content === '' || /[^\t\P{Cc}]/u.test(content)) return null;
  const runs = new Set((content.match(/`+/g) ?? []).map((run) => run.length));
  let length = 1;
  while (runs.has(length)) length++;
  const pad = /^`|`$|^ .* $/s.test(content) && /[^ ]/.test(content) ? ' ' : '';
  const fence = '`'.repeat(length);
  return [{ kind: 'source', source: `${fence}${pad}${content}${pad}${fence}` }];
}
