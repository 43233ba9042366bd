import { LONG_CODE, linesOf } from '../code/long.ts';
import { blockId } from '../note/anchors.ts';
import { CALLOUTS, calloutKind } from '../note/callouts.ts';
import { outcomeData, outcomeDetails, outcomeHead } from '../note/outcome-html.ts';
import { imageAddress, imageAlt, imageFile } from '../note/images.ts';
import type { NoteJson, NoteNode } from '../note/json.ts';
import { type LineMark, withLineMarks } from '../note/line-marks.ts';
import { safeHref } from '../note/links.ts';
import { isLong } from '../note/long.ts';
import { headingLevel, headings, plainText } from '../note/outline.ts';
import type { OutlineEntry } from '../note/outline.ts';
import { outcomeFacts } from '../outcomes/facts.ts';
import { LOOKS, markedLook, REFERENCE_MARK, withReferences } from '../references/note.ts';
import { listStart } from './markdown.ts';
import { renderNote } from './walk.ts';
import type { Table } from './walk.ts';

/**
 * Markup that is safe to put into a page. Only `tag`, `join` and this file's table make it: text cannot be mistaken for
 * it, because it is not a string.
 */
export interface Markup {
  readonly markup: string;
}

/**
 * A note as HTML: headings with the ids of `outline`, links and images checked, no style, script or handler. Classes are
 * `unknown…`, `callout-word`, `outcome-…` and `note-ref…` alone; references lead to their canonical addresses. Safe to insert into a
 * page as it is.
 *
 * @param origin of this server, where images need a whole address
 */
export function renderHtml(note: NoteJson, origin = ''): string {
  return shownWith({ marks: REFERENCE }, withReferences(note), origin);
}

/**
 * The same for a page that people write in: times, speakers and `people` in the way the editor shows them, with classes `line-…`; a
 * long note in divisions of class `stretch`.
 */
export function renderWorkingHtml(note: NoteJson, people: readonly string[]): string {
  const blocks: HtmlTable['blocks'] = isLong(note.content.length) ? STRETCHES : {};
  return shownWith({ marks: { ...REFERENCE, ...LINE_MARKS }, blocks }, withReferences(withLineMarks(note, people)), '');
}

type HtmlTable = Table<Markup, Markup>;

/** What is shown of a note in one page and not in another. */
interface Shown {
  marks: HtmlTable['marks'];
  blocks?: HtmlTable['blocks'];
}

function shownWith({ marks, blocks }: Shown, note: NoteJson, origin: string): string {
  const table = htmlTable(headings(note), origin);
  const all = { ...table, blocks: { ...table.blocks, ...blocks }, marks: { ...table.marks, ...marks } };
  return renderNote(note, all).markup;
}

/** How many blocks of a long note a browser lays out together: note.css counts with as many. */
const STRETCH = 50;

/**
 * A long note in stretches. Far from the screen a browser passes over each as one; were it to ask of every block by itself whether it
 * is near the screen, thousands of them would hold up the page.
 */
const STRETCHES: HtmlTable['blocks'] = {
  doc: (_, inside) => {
    const blocks = inside.blocks();
    const starts = Array.from({ length: Math.ceil(blocks.length / STRETCH) }, (_, index) => index * STRETCH);
    return join(
      starts.map((at) => tag('div', { class: 'stretch' }, join(blocks.slice(at, at + STRETCH), '\n'))),
      '\n',
    );
  },
};

type Attributes = Record<string, string | number | null>;

/** An element; attributes that are null are left out. Attribute values and text are escaped, markup is not. */
function tag(name: string, attributes: Attributes, ...children: (Markup | string)[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${escapeHtml(String(value))}"`)
    .join('');
  const open = `<${name}${written}>`;
  return { markup: VOID.has(name) ? open : `${open}${join(children).markup}</${name}>` };
}

function join(parts: (Markup | string)[], between = ''): Markup {
  return { markup: parts.map((part) => (typeof part === 'string' ? escapeHtml(part) : part.markup)).join(between) };
}

const VOID = new Set(['br', 'hr', 'img']);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Control characters are not allowed in HTML, not even as entities. */
export const escapeHtml = (text: string) =>
  text
    .toWellFormed()
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
    .replace(/[^\P{Cc}\t\n]/gu, '\ufffd');

/** `anchors` gives the id of each heading, by node. */
export function htmlTable(anchors: Map<NoteNode, OutlineEntry>, origin = ''): Table<Markup, Markup> {
  const id = idsOnce();
  return {
    blocks: {
      doc: (_, inside) => join(inside.blocks(), '\n'),
      // An empty one is given the height of a line by the style sheet: a line break in it would be one of the note.
      paragraph: (node, inside) => tag('p', id(node), inside.inline()),
      heading: (node, inside) => tag(`h${headingLevel(node)}`, { id: anchors.get(node)?.id ?? null }, inside.inline()),
      blockquote: (node, inside) => tag('blockquote', id(node), join(inside.blocks())),
      bulletList: (node, inside) => tag('ul', id(node), join(inside.blocks())),
      orderedList: (node, inside) => {
        const start = listStart(node);
        return tag('ol', { ...id(node), start: start === 1 ? null : start }, join(inside.blocks()));
      },
      listItem: (_, inside) => tag('li', {}, join(inside.blocks())),
      codeBlock: (node) => {
        const language = node.attrs?.language;
        const content = plainText(node);
        // HTML drops a newline right after <pre>; one more keeps the first empty line.
        const guard = content.startsWith('\n') ? '\n' : '';
        const lines = linesOf(content);
        // What is long is seen in part, and scrolled by keys.
        return tag(
          'pre',
          lines > LONG_CODE ? { ...id(node), 'data-lines': lines, tabindex: 0 } : id(node),
          guard,
          tag('code', { 'data-language': typeof language === 'string' ? language : null }, content),
        );
      },
      horizontalRule: (node) => tag('hr', id(node)),
      table: (node, inside) => tag('table', id(node), tag('tbody', {}, join(inside.blocks()))),
      tableRow: (_, inside) => tag('tr', {}, join(inside.blocks())),
      // An empty header names no column.
      tableCell: (node, inside, { outer }) =>
        outer?.index === 0 && node.content
          ? tag('th', { scope: 'col' }, inside.inline())
          : tag('td', {}, inside.inline()),
      details: (node, inside) => tag('details', id(node), join(inside.blocks())),
      detailsSummary: (_, inside) => tag('summary', {}, inside.inline()),
      detailsContent: (_, inside) => tag('div', {}, join(inside.blocks())),
      callout: (node, inside) => {
        const kind = calloutKind(node.attrs?.kind);
        const word = tag('p', { class: 'callout-word' }, CALLOUTS[kind]);
        return tag(
          'aside',
          { ...id(node), 'data-callout': kind, role: 'note' },
          word,
          tag('div', {}, join(inside.blocks())),
        );
      },
      outcome: (node, inside) => outcome(node, id(node), inside.inline()),
      image: (node) => {
        const image = imageFile(node.attrs?.file);
        const alt = imageAlt(node);
        if (!image) return tag('p', id(node), alt);
        const { width, height } = image;
        return tag('img', { ...id(node), src: imageAddress(image, origin), width, height, alt, loading: 'lazy' });
      },
    },
    inlines: {
      text: (node) => join([node.text ?? '']),
      hardBreak: () => tag('br', {}),
    },
    marks: {
      bold: (_, inner) => tag('strong', {}, inner()),
      italic: (_, inner) => tag('em', {}, inner()),
      strike: (_, inner) => tag('s', {}, inner()),
      underline: (_, inner) => tag('u', {}, inner()),
      code: (_, inner) => tag('code', {}, inner()),
      link: (mark, inner) => {
        const href = safeHref(mark.attrs?.href);
        if (href === null) return inner();
        const title = mark.attrs?.title;
        return tag('a', { href, title: typeof title === 'string' ? title : null, rel: REL }, inner());
      },
    },
    unknownBlock: (node, inside) =>
      tag(
        'div',
        { class: 'unknown' },
        tag('p', { class: 'unknown-name' }, `Unknown block: ${node.type}`),
        join(inside.blocks()),
      ),
    unknownInline: (name, inner) => boxed(name, inner),
    unknownMark: (mark, inner) => boxed(mark.type, inner),
    join,
  };
}

function outcome(node: NoteNode, id: Attributes, words: Markup): Markup {
  const facts = outcomeFacts(node.attrs);
  const spans = (said: Record<string, string>) =>
    Object.entries(said)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => tag('span', { class: `outcome-${name}` }, value));
  return tag(
    'section',
    { ...id, ...outcomeData(facts) },
    tag('p', { class: 'outcome-head' }, join(spans(outcomeHead(facts)), ' ')),
    tag('p', { class: 'outcome-text' }, words),
    tag('p', { class: 'outcome-facts' }, join(spans(outcomeDetails(facts)), ' ')),
  );
}

/** The id of a block that has an anchor. A copy of it may have the same; the first one is where links lead. */
function idsOnce(): (node: NoteNode) => Attributes {
  const given = new Set<string>();
  return (node) => {
    const id = blockId(node.type, node.attrs);
    if (id === null || given.has(id)) return {};
    given.add(id);
    return { id };
  };
}

const boxed = (name: string, inner: Markup) =>
  tag('span', { class: 'unknown' }, tag('span', { class: 'unknown-name' }, `Unknown ${name}: `), inner);

/** Links in notes are written by anyone: they get no say over our page and no credit from search engines. */
const REL = 'noopener noreferrer nofollow';

const lineMark = (kind: LineMark['kind']) => (_: unknown, inner: () => Markup) =>
  tag('span', { class: `line-${kind}` }, inner());

const LINE_MARKS: Record<LineMark['kind'], (mark: unknown, inner: () => Markup) => Markup> = {
  stamp: lineMark('stamp'),
  gap: lineMark('gap'),
  speaker: lineMark('speaker'),
  person: lineMark('person'),
};

const REFERENCE: HtmlTable['marks'] = {
  [REFERENCE_MARK]: (mark, inner) => {
    const { look, href, title } = markedLook(mark);
    const name = href === null ? 'span' : 'a';
    return tag(name, { class: LOOKS[look], href, title, rel: href === null ? null : 'noopener' }, inner());
  },
};
