import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { cleanLine } from '#core/event/plain-line.ts';
import { InputError } from '../errors.ts';
import type { Block, ListItem } from './blocks.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** A long proposal has 10,000 characters. */
const HTML_LIMIT = 100_000;
/** Deeper elements than an editor makes: somebody tries us. */
const DEPTH_LIMIT = 100;
const BREAKS = new Set(
  'p div h1 h2 h3 h4 h5 h6 br hr pre table tr td th blockquote section article dl dt dd figure'.split(' '),
);
const SILENT = new Set(
  'script style template iframe object embed noscript svg math head title select textarea'.split(' '),
);

/** Takes text and list structure out of untrusted HTML; markup, addresses of links and everything that could act is left behind. */
export function readHtml(html: string, place: string): Block[] {
  if (html.length > HTML_LIMIT)
    throw new InputError(place, `expected at most ${HTML_LIMIT} characters of HTML, found ${html.length}`);
  const reader = new BlockReader(place);
  reader.walk(parseFragment(html).childNodes, 0);
  reader.endParagraph();
  return reader.blocks;
}

class BlockReader {
  readonly blocks: Block[] = [];
  readonly #place: string;
  #text = '';

  constructor(place: string) {
    this.#place = place;
  }

  walk(nodes: readonly Node[], depth: number): void {
    if (depth > DEPTH_LIMIT) throw tooDeep(this.#place);
    for (const node of nodes) {
      if (node.nodeName === '#text' && 'value' in node) this.#text += node.value;
      if (!('tagName' in node) || SILENT.has(node.tagName)) continue;
      if (isList(node)) {
        this.endParagraph();
        const items = itemsOf(node, this.#place, depth + 1);
        if (items.length > 0) this.blocks.push({ kind: 'list', items });
        continue;
      }
      if (BREAKS.has(node.tagName)) this.endParagraph();
      this.walk(node.childNodes, depth + 1);
      if (BREAKS.has(node.tagName)) this.endParagraph();
    }
  }

  endParagraph(): void {
    const text = cleanLine(this.#text);
    this.#text = '';
    if (text !== '') this.blocks.push({ kind: 'paragraph', text });
  }
}

function itemsOf(list: DefaultTreeAdapterTypes.Element, place: string, depth: number): ListItem[] {
  const items: ListItem[] = [];
  for (const node of list.childNodes) {
    if (!('tagName' in node)) continue;
    // Some editors put a nested list beside its item instead of into it.
    if (isList(node)) (items.at(-1)?.children ?? items).push(...itemsOf(node, place, depth + 1));
    else if (node.tagName === 'li') items.push(itemOf(node, place, depth));
  }
  return items.flatMap((item) => (item.text === '' ? item.children : [item]));
}

function itemOf(node: DefaultTreeAdapterTypes.Element, place: string, depth: number): ListItem {
  const inner = new BlockReader(place);
  inner.walk(node.childNodes, depth + 1);
  inner.endParagraph();
  const text = inner.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : [])).join(' ');
  return { text, children: inner.blocks.flatMap((block) => (block.kind === 'list' ? block.items : [])) };
}

function isList(node: DefaultTreeAdapterTypes.Element): boolean {
  return node.tagName === 'ul' || node.tagName === 'ol' || node.tagName === 'menu';
}

function tooDeep(place: string): InputError {
  return new InputError(place, `expected HTML of at most ${DEPTH_LIMIT} nested elements, found more`);
}
