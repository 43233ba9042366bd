import { imageAt } from '#core/note/images.ts';
import { safeHref } from '#core/note/links.ts';

const BLOCK =
  'address, article, aside, blockquote, center, dd, details, div, dl, dt, fieldset, figcaption, figure, footer, form, h1, h2, h3, h4, h5, h6, header, hr, li, main, nav, ol, p, pre, section, summary, table, tr, ul';

/** Boxes to tick, as the text of them. */
export function boxesAsText(body: HTMLElement): void {
  for (const box of body.querySelectorAll('input'))
    box.replaceWith(box.type === 'checkbox' ? (box.hasAttribute('checked') ? '[x] ' : '[ ] ') : box.value);
}

/** Images of other places become links with their words; ours stay. */
export function imagesAsLinks(body: HTMLElement, origin: string): void {
  for (const image of body.querySelectorAll('img')) {
    const src = image.getAttribute('src');
    if (imageAt(src, origin)) continue;
    const alt = image.getAttribute('alt')?.trim() ?? '';
    const href = safeHref(src);
    if (href === null || image.closest('a') || image.classList.contains('emoji')) {
      image.replaceWith(alt || (href ?? ''));
      continue;
    }
    const link = body.ownerDocument.createElement('a');
    link.href = href;
    link.textContent = alt || href;
    image.replaceWith(link);
  }
}

/** Code is its text: highlighting, line numbers and lines in boxes of their own are left out. */
export function codeAsText(body: HTMLElement): void {
  for (const pre of body.querySelectorAll('pre')) {
    if (pre.parentElement?.closest('pre')) continue;
    const language = languageOf(pre);
    for (const numbers of pre.querySelectorAll('.gutter, .hljs-ln-numbers, .lineno')) numbers.remove();
    const code = body.ownerDocument.createElement('code');
    if (language) code.dataset['language'] = language;
    for (const line of pre.querySelectorAll('br')) line.replaceWith('\n');
    for (const line of pre.querySelectorAll('div, p, tr, li'))
      if (line.nextElementSibling && !line.textContent?.endsWith('\n')) line.append('\n');
    code.textContent = pre.textContent.replace(/\n$/, '');
    pre.replaceChildren(code);
  }
}

/** As GitHub, HedgeDoc and highlighters name it. */
function languageOf(pre: Element): string | null {
  const code = pre.querySelector('code');
  const named = code?.dataset['language'] ?? pre.getAttribute('lang') ?? pre.getAttribute('data-language');
  if (named) return named;
  const classes = [code?.className, pre.className, pre.parentElement?.className].join(' ');
  return (
    /\b(?:lang(?:uage)?-|highlight-source-|highlight-text-|brush: ?)([\w+#.-]+)/.exec(classes)?.[1] ??
    /^([a-z][\w+#-]*) hljs\b/.exec(code?.className ?? '')?.[1] ??
    null
  );
}

/** A cell holds text alone: what stands in blocks in it becomes lines. A table of one cell was for looks. */
export function textInCells(body: HTMLElement): void {
  const { ownerDocument: page } = body;
  for (const table of [...body.querySelectorAll('table')].reverse()) {
    for (const caption of table.querySelectorAll('caption')) {
      const words = page.createElement('p');
      words.append(...caption.childNodes);
      caption.remove();
      table.before(words);
    }
    const cells = [...table.querySelectorAll<HTMLTableCellElement>('td, th')];
    const inCell = table.parentElement?.closest('td, th');
    if (cells.length === 1 && cells[0]) {
      const box = page.createElement('div');
      box.append(...cells[0].childNodes);
      table.replaceWith(box);
    } else if (inCell) {
      for (const cell of cells) if (cell.nextElementSibling) cell.append(' | ');
    } else for (const cell of cells) linesOf(cell);
  }
}

function linesOf(cell: HTMLTableCellElement): void {
  const { ownerDocument: page } = cell;
  for (const block of [...cell.querySelectorAll(BLOCK)].reverse()) {
    const before = beside(block, 'previousSibling');
    const after = beside(block, 'nextSibling');
    if (before && before.nodeName !== 'BR') block.before(page.createElement('br'));
    if (after && after.nodeName !== 'BR' && !isBlock(after)) block.after(page.createElement('br'));
    block.replaceWith(...block.childNodes);
  }
  for (let more = cell.colSpan - 1; more > 0 && more < 50; more--) cell.after(page.createElement(cell.tagName));
}

/** The next node on that side that is more than white space. */
function beside(node: Node, side: 'previousSibling' | 'nextSibling'): Node | null {
  let found = node[side];
  while (found && found.nodeName !== 'BR' && !found.textContent?.trim()) found = found[side];
  return found;
}

const isBlock = (node: Node | null) => node?.nodeType === 1 && (node as Element).matches(BLOCK);

const ALERTS: Record<string, string> = { info: 'note', success: 'tip', warning: 'warning', danger: 'caution' };

/** What opens and what is set apart, in the form our schema reads. */
export function ownForms(body: HTMLElement): void {
  const { ownerDocument: page } = body;
  for (const box of body.querySelectorAll('div.alert')) {
    const kind = /\balert-(\w+)/.exec(box.className)?.[1] ?? '';
    const callout = page.createElement('aside');
    callout.dataset['callout'] = ALERTS[kind] ?? 'note';
    callout.append(...box.childNodes);
    box.replaceWith(callout);
  }
  for (const details of body.querySelectorAll('details')) {
    const inside = page.createElement('div');
    inside.append(...[...details.childNodes].filter((child) => child.nodeName !== 'SUMMARY'));
    details.append(inside);
  }
}

/** Lines with breaks between, and no paragraphs: two breaks end one. A break beside a block says nothing. */
export function paragraphsFromBreaks(body: HTMLElement): void {
  for (const line of [...body.querySelectorAll('br')].reverse()) {
    const ends = [beside(line, 'previousSibling'), beside(line, 'nextSibling')];
    if (line.parentElement?.matches('body, div') && ends.some((end) => !end || isBlock(end))) line.remove();
  }
  for (const second of body.querySelectorAll('br')) {
    const box = second.parentElement;
    if (box !== body && box?.tagName !== 'DIV') continue;
    if (second.previousSibling?.nodeName === 'BR') endParagraph(second, box);
  }
}

/** What stands before `end` in the box, back to the last block, as a paragraph of its own. */
function endParagraph(end: Element, box: Element): void {
  const words = end.ownerDocument.createElement('p');
  for (let node = end.previousSibling; node && !isBlock(node); node = end.previousSibling) words.prepend(node);
  while (words.lastChild?.nodeName === 'BR') words.lastChild.remove();
  if (words.textContent.trim()) box.insertBefore(words, end);
  end.remove();
}
