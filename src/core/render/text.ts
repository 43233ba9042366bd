import type { NoteJson, NoteNode } from '../note/json.ts';
import { safeHref } from '../note/links.ts';
import { headingLevel, plainText } from '../note/outline.ts';
import { listStart } from './markdown.ts';
import { renderNote } from './walk.ts';
import type { Inside, Table } from './walk.ts';
import { COLUMNS, columns, wrapRuns } from './wrap.ts';
import type { Run } from './wrap.ts';

/** A note as plain text for mail: lines of 72 columns, except addresses and code. Ends with a newline. */
export function renderText(note: NoteJson): string {
  return `${textLines(note, COLUMNS).join('\n')}\n`;
}

function textLines(note: NoteJson, width: number): string[] {
  return renderNote(note, textTable)(width);
}

/** A block is laid out when its width is known: a list in a quote has less of it. */
export type Layout = (width: number) => string[];

export const textTable: Table<Layout, Run[]> = {
  blocks: {
    doc: (_, inside) => stack(inside.blocks()),
    paragraph: (_, inside) => paragraph(inside.inline()),
    heading: (node, inside) => heading(headingLevel(node), inside.inline()),
    blockquote: (_, inside) => prefixed('> ', '> ', stack(inside.blocks())),
    bulletList: (node, inside) => list(node, inside, () => '- '),
    orderedList: (node, inside) => {
      const start = listStart(node);
      return list(node, inside, (i) => `${start + i}. `);
    },
    listItem: (node, inside) => stack(inside.blocks(), isTight(node) ? [] : ['']),
    codeBlock: (node) => () =>
      visible(plainText(node))
        .split('\n')
        .map((line) => (line === '' ? '' : `    ${line}`)),
    horizontalRule: () => (width) => ['-'.repeat(Math.max(3, width))],
  },
  inlines: {
    text: (node) => text(visible(node.text ?? '')),
    hardBreak: () => [{ kind: 'break' }],
  },
  marks: {
    bold: (_, inner) => between('*', inner(), '*'),
    italic: (_, inner) => between('_', inner(), '_'),
    strike: (_, inner) => between('~', inner(), '~'),
    // No sign: mail has none that is not taken for something else.
    underline: (_, inner) => inner(),
    code: (_, inner) => between('`', inner().map(solid), '`'),
    link: (mark, inner, nodes) => {
      const href = safeHref(mark.attrs?.href);
      if (href === null) return inner();
      const shown = nodes.map(plainText).join('');
      if (shown === href || `mailto:${shown}` === href) return [{ kind: 'solid', text: shown }];
      return [...inner(), ...text(' '), { kind: 'solid', text: `<${href}>` }];
    },
  },
  unknownBlock: (node, inside) =>
    prefixed('> ', '> ', stack([paragraph(text(visible(`[unknown block: ${node.type}]`))), ...inside.blocks()])),
  unknownInline: (name, inner) => boxed(name, inner),
  unknownMark: (mark, inner) => boxed(mark.type, inner),
  join: (parts) => parts.flat(),
};

const text = (words: string): Run[] => [{ kind: 'text', text: words }];
const solid = (run: Run): Run => (run.kind === 'text' ? { ...run, kind: 'solid' } : run);
const boxed = (name: string, inner: Run[]) => between(visible(`[unknown ${name}: `), inner, ']');

function between(before: string, inner: Run[], after: string): Run[] {
  return [...text(before), ...inner, ...text(after)];
}

/** Control characters would steer the terminal of whoever reads this with curl: shown as pictures of themselves. */
function visible(words: string): string {
  return words
    .replace(/[^\P{Cc}\t\n]/gu, (sign) => (sign < ' ' ? String.fromCharCode(0x2400 + sign.charCodeAt(0)) : '\ufffd'))
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

const paragraph =
  (runs: Run[]): Layout =>
  (width) =>
    wrapRuns(runs, width);

function heading(level: number, runs: Run[]): Layout {
  return (width) => {
    const lines = wrapRuns(runs, width);
    if (level > 2) return lines;
    const longest = lines.reduce((most, line) => Math.max(most, columns(line)), 0);
    return longest === 0 ? lines : [...lines, (level === 1 ? '=' : '-').repeat(Math.min(longest, width))];
  };
}

/** One under the other, with `between` lines. */
function stack(blocks: Layout[], gap: string[] = ['']): Layout {
  return (width) => blocks.flatMap((block, i) => (i > 0 ? [...gap, ...block(width)] : block(width)));
}

/** Narrowest column text is wrapped to, however deep the nesting. */
const NARROWEST = 24;

function prefixed(first: string, rest: string, block: Layout): Layout {
  return (width) =>
    block(Math.max(NARROWEST, width - rest.length)).map((line, i) => `${i === 0 ? first : rest}${line}`.trimEnd());
}

function list(node: NoteNode, inside: Inside<Layout, Run[]>, sign: (index: number) => string): Layout {
  const items = inside.blocks().map((item, i) => prefixed(sign(i), ' '.repeat(sign(i).length), item));
  return stack(items, (node.content ?? []).every(isTight) ? [] : ['']);
}

/** An item of one paragraph and lists. */
function isTight(item: NoteNode): boolean {
  const [first, ...rest] = item.content ?? [];
  if (item.type !== 'listItem' || first?.type !== 'paragraph') return false;
  return rest.every(
    (child) => (child.type === 'bulletList' || child.type === 'orderedList') && (child.content ?? []).every(isTight),
  );
}
