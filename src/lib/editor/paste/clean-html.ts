import { boxesAsText, codeAsText, imagesAsLinks, ownForms, paragraphsFromBreaks, textInCells } from './html-blocks.ts';
import { mendLists } from './html-lists.ts';
import { marksFromStyles } from './html-marks.ts';
import { stylesAside } from './pasted-html.ts';

/** What nobody sees, or what does something. */
const UNSEEN =
  'script, style, meta, link, title, base, template, noscript, object, embed, iframe, svg, [hidden], [data-style*="display:none"], [data-style*="display: none"]';
/** Blocks in blocks that a note keeps. */
const NESTING = 'ul, ol, blockquote, details, aside, table';
const DEEPEST = 50;
/** Boxes in boxes, whatever they are: more would be too many for the stack. */
const DEEPEST_BOX = 500;

/**
 * HTML of other programs as HTML our schema reads: no styles and scripts, but what the styles meant; lists in items; code, cells and
 * images in the forms that a note has. null when it is nested deeper than a note may be.
 */
export function cleanHtml(html: string, origin: string): string | null {
  const { body } = new DOMParser().parseFromString(stylesAside(html), 'text/html');
  if (isTooDeep(body)) return null;
  for (const element of body.querySelectorAll(UNSEEN)) element.remove();
  withoutComments(body);
  codeAsText(body);
  mendLists(body);
  marksFromStyles(body);
  boxesAsText(body);
  imagesAsLinks(body, origin);
  textInCells(body);
  ownForms(body);
  paragraphsFromBreaks(body);
  for (const element of body.querySelectorAll('[data-style]')) element.removeAttribute('data-style');
  plainSpaces(body);
  return body.innerHTML;
}

function isTooDeep(body: HTMLElement): boolean {
  for (const leaf of body.querySelectorAll('*')) {
    if (leaf.firstElementChild) continue;
    let boxes = 0;
    let nested = 0;
    for (let at = leaf.parentElement; at && at !== body; at = at.parentElement) {
      boxes++;
      if (at.matches(NESTING)) nested++;
    }
    if (boxes > DEEPEST_BOX || nested > DEEPEST) return true;
  }
  return false;
}

function withoutComments(body: HTMLElement): void {
  for (const comment of nodes(body, NodeFilter.SHOW_COMMENT)) comment.parentNode?.removeChild(comment);
}

/** Programs write spaces that do not break to keep several apart; in a note they would only be odd. */
function plainSpaces(body: HTMLElement): void {
  for (const text of nodes(body, NodeFilter.SHOW_TEXT))
    if (!text.parentElement?.closest('pre')) text.nodeValue = text.nodeValue?.replaceAll('\u00a0', ' ') ?? '';
}

function nodes(body: HTMLElement, kind: number): Node[] {
  const walker = body.ownerDocument.createTreeWalker(body, kind);
  const found: Node[] = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}
