import { CALLOUTS, calloutKind } from '../note/callouts.ts';
import { imageAddress, imageAlt, imageFile } from '../note/images.ts';
import type { NoteJson, NoteNode } from '../note/json.ts';
import { safeHref } from '../note/links.ts';
import { headingLevel, plainText } from '../note/outline.ts';
import { outcomeFacts } from '../outcomes/facts.ts';
import { outcomeLine } from '../outcomes/line.ts';
import { listStart } from './markdown.ts';
import { renderNote } from './walk.ts';
import type { Inside, Table } from './walk.ts';
import { prefixed, stack } from './layout.ts';
import type { Layout } from './layout.ts';
import { tableCell, tableLayout, tableRow } from './text-table.ts';
import { COLUMNS, columns, wrapRuns } from './wrap.ts';
import type { Run } from './wrap.ts';

/**
 * A note as plain text for mail: lines of 72 columns, except addresses and code. Ends with a newline.
 *
 * @param origin of this server, so that images have whole addresses
 */
export function renderText(note: NoteJson, origin = ''): string {
  return `${renderNote(note, textTable(origin))(COLUMNS).join('\n')}\n`;
}

export const textTable = (origin = ''): Table<Layout, Run[]> => ({
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
    table: (_, inside) => tableLayout(inside.blocks()),
    tableRow: (_, inside) => tableRow(inside.blocks()),
    tableCell: (_, inside) => tableCell(inside.inline()),
    details: (_, inside) => stack(inside.blocks()),
    detailsSummary: (_, inside) => paragraph(inside.inline()),
    detailsContent: (_, inside) => prefixed('  ', '  ', stack(inside.blocks())),
    callout: (node, inside) => {
      const word = paragraph(text(`${CALLOUTS[calloutKind(node.attrs?.kind)]}:`));
      return stack([word, prefixed('  ', '  ', stack(inside.blocks()))], []);
    },
    image: (node) => paragraph(image(node, origin)),
    outcome: (node, inside) => prefixed('', '  ', paragraph(outcome(node, inside.inline()))),
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
});

function image(node: NoteNode, origin: string): Run[] {
  const found = imageFile(node.attrs?.file);
  const words = ['Image:', visible(imageAlt(node))].filter((word) => word !== '').join(' ');
  if (!found) return text(words);
  const between = words === 'Image:' ? ' ' : ', ';
  return [...text(words + between), { kind: 'solid', text: imageAddress(found, origin) }];
}

function outcome(node: NoteNode, words: Run[]): Run[] {
  const { before, after } = outcomeLine(outcomeFacts(node.attrs), false, visible);
  return [...text(visible(before)), ...(words.length > 0 ? text(' ') : []), ...words, ...text(visible(after))];
}

const text = (words: string): Run[] => [{ kind: 'text', text: words }];
const solid = (run: Run): Run => (run.kind === 'text' ? { ...run, kind: 'solid' } : run);
const boxed = (name: string, inner: Run[]) => between(visible(`[unknown ${name}: `), inner, ']');

function between(before: string, inner: Run[], after: string): Run[] {
  return [...text(before), ...inner, ...text(after)];
}

/** Control characters would steer the terminal of whoever reads this with curl: shown as pictures of themselves. */
export function visible(words: string): string {
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
