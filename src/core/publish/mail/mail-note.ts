import { linesOf } from '../../code/long.ts';
import { imageAddress, imageAlt, imageFile } from '../../note/images.ts';
import type { NoteNode } from '../../note/json.ts';
import { safeHref } from '../../note/links.ts';
import { plainText } from '../../note/outline.ts';
import { isCode, type Span, withSpans } from '../../note/spans.ts';
import { addressReference, type BlockReference, isTrailer } from '../../references/block.ts';
import { referencesOf } from '../../references/note.ts';
import { type Layout, prefixed, stack } from '../../render/layout.ts';
import { textTable, visible } from '../../render/text.ts';
import type { Table } from '../../render/walk.ts';
import { columns, type Run, wrapRuns } from '../../render/wrap.ts';
import type { Numbered } from './numbered.ts';

/** Marks that are made here and in no note: a reference that gives way to its number, and a line that is not wrapped. */
const NUMBER = 'mail-number';
const WHOLE = 'mail-whole';

/** Lines of code that a mail has room for; of longer code it says that it is in the notes. */
const CODE_LINES = 20;

/**
 * The table of the plain text form, as a mail: addresses and Message-IDs give way to numbers, trailers stay whole, and nothing looks
 * like the quote of another mail. `outcome` lays out the outcomes that stand in the text.
 */
export function mailTable(
  origin: string,
  numbered: Numbered,
  outcome?: (node: NoteNode, words: Run[]) => Layout,
): Table<Layout, Run[]> {
  const text = textTable(origin);
  const line =
    (runs: Run[]): Layout =>
    (width) =>
      wrapRuns(runs, width);
  const quoted = (block: Layout): Layout => prefixed('| ', '| ', block);
  return {
    ...text,
    blocks: {
      ...text.blocks,
      heading: (_, inside) => line(closed(inside.inline())),
      blockquote: (_, inside) => quoted(stack(inside.blocks())),
      codeBlock: (node, inside, place) => {
        const lines = linesOf(plainText(node));
        if (lines > CODE_LINES) return line([{ kind: 'text', text: `(Code of ${lines} lines: see the notes.)` }]);
        return text.blocks['codeBlock']?.(node, inside, place) ?? stack([]);
      },
      image: (node) => {
        const file = imageFile(node.attrs?.['file']);
        const words = `(Image${imageAlt(node) && `: ${visible(imageAlt(node))}`})`;
        const address = file && imageAddress(file, origin);
        return line([{ kind: 'text', text: address ? `${words} ${numbered.mark(address, address)}` : words }]);
      },
      ...(outcome ? { outcome: (node, inside) => outcome(node, inside.inline()) } : {}),
    },
    marks: {
      ...text.marks,
      link: (mark, inner, nodes) => {
        const href = safeHref(mark.attrs?.['href']);
        if (href === null || href.startsWith('mailto:')) return text.marks['link']?.(mark, inner, nodes) ?? inner();
        const number: Run = { kind: 'solid', text: numbered.mark(addressReference(href)?.key ?? href, href) };
        return nodes.map(plainText).join('') === href ? [number] : [...inner(), { kind: 'text', text: ' ' }, number];
      },
      // A note may hold a mark of this name that others made, so it is checked like any other.
      [NUMBER]: (mark, inner) => {
        const href = safeHref(mark.attrs?.['href']);
        return href === null ? inner() : [{ kind: 'solid', text: numbered.mark(String(mark.attrs?.['key']), href) }];
      },
      [WHOLE]: (_, inner) => inner().map((run) => (run.kind === 'text' ? { ...run, kind: 'solid' } : run)),
    },
    unknownBlock: (node, inside) => quoted(text.unknownBlock(node, inside)),
  };
}

/** A heading in a mail is a line that ends with a colon, unless it has one: `Stage 1: nesting`. */
function closed(runs: Run[]): Run[] {
  const last = runs.at(-1);
  const hasColon = runs.some((run) => run.kind !== 'break' && /:(?:\s|$)/.test(run.text));
  return !hasColon && last && last.kind !== 'break' && /[\p{L}\p{N})\]*_`~]$/u.test(last.text)
    ? [...runs, { kind: 'text', text: ':' }]
    : runs;
}

/** The same nodes with the marks of `mailTable` in their text. */
export function forMail(nodes: readonly NoteNode[]): NoteNode[] {
  return nodes.map((node) => {
    const { content } = node;
    if (!content || node.type === 'codeBlock') return node;
    if (!content.some(({ type }) => type === 'text')) return { ...node, content: forMail(content) };
    return { ...node, content: marked(flowing(content)) };
  });
}

const textOf = (node: NoteNode): string =>
  node.type === 'text' ? (node.text ?? '') : node.type === 'hardBreak' ? '\n' : '\ufffc';

/** A line that was filled before it broke; a shorter one was ended. */
const FILLED = 48;

/** A line that goes on with a small letter was broken by a program at its own width, and not by who wrote it. */
function flowing(content: readonly NoteNode[]): NoteNode[] {
  const text = content.map(textOf).join('');
  let at = 0;
  return content.map((node) => {
    const from = at;
    at += textOf(node).length;
    if (node.type !== 'hardBreak') return node;
    const before = text.slice(text.lastIndexOf('\n', Math.max(0, from - 1)) + 1, from);
    const goesOn = /^\p{Ll}/u.test(text.slice(at, at + 2));
    return goesOn && columns(before) >= FILLED && !isTrailer(before) ? { type: 'text', text: ' ' } : node;
  });
}

function marked(content: NoteNode[]): NoteNode[] {
  const text = content.map(textOf).join('');
  const whole = trailers(text);
  const numbers = referencesOf(content).flatMap((each): Span[] => {
    const inTrailer = whole.some(({ from, to }) => from < each.to && each.from < to);
    const href = inTrailer || each.linked ? null : addressOf(each, text.slice(each.from, each.to));
    return href === null
      ? []
      : [{ from: each.from, to: each.to, mark: { type: NUMBER, attrs: { key: each.key, href } } }];
  });
  const spans = [...whole.map((range) => ({ ...range, mark: { type: WHOLE } })), ...numbers];
  return spans.length === 0 ? content : withSpans(content, spans, (node) => !isCode(node));
}

/** Of what is written as an address or as a Message-ID; a commit or a CVE says more as it is written. */
function addressOf({ kind, key, href }: BlockReference, words: string): string | null {
  if (key.startsWith('message:') || kind === 'message-id') return href;
  return /^https?:\/\//i.test(words) ? (safeHref(words) ?? href) : null;
}

function trailers(text: string): { from: number; to: number }[] {
  let from = 0;
  return text.split('\n').flatMap((line) => {
    const range = { from, to: from + line.length };
    from = range.to + 1;
    return isTrailer(line) ? [range] : [];
  });
}
