/** What an element's style says about its text, as the tag that says the same. Styles stand in `data-style`, see `cleanHtml`. */
const MEANT: readonly (readonly [tag: string, style: RegExp])[] = [
  ['strong', /font-weight:\s*(?:bold|[6-9]\d\d)/i],
  ['em', /font-style:\s*italic/i],
  ['s', /text-decoration(?:-line)?:[^;]*line-through/i],
  ['u', /text-decoration(?:-line)?:[^;]*underline/i],
  ['code', /font-family:[^;]*(?:monospace|courier|consolas|menlo|monaco|inconsolata)/i],
];

/** Tags that would say what their style takes back. */
const PLAIN = /font-(?:weight:\s*(?:normal|400)|style:\s*normal)/i;

export function marksFromStyles(body: HTMLElement): void {
  const { ownerDocument: page } = body;
  for (const element of body.querySelectorAll<HTMLElement>('b, strong, i, em')) {
    if (PLAIN.test(element.dataset['style'] ?? '')) element.replaceWith(...element.childNodes);
  }
  for (const element of body.querySelectorAll('kbd, samp, tt')) replaceTag(element, 'code');
  for (const element of body.querySelectorAll<HTMLElement>('span[data-style], font[data-style]')) {
    for (const [tag, style] of MEANT) {
      // Links are underlined everywhere.
      if (!style.test(element.dataset['style'] ?? '') || (tag === 'u' && isInLink(element))) continue;
      const mark = page.createElement(tag);
      mark.append(...element.childNodes);
      element.append(mark);
      spacesOutside(mark);
    }
  }
}

/** Programs mark the space beside a word along with it. */
function spacesOutside(mark: HTMLElement): void {
  const text = mark.firstChild;
  if (mark.childNodes.length !== 1 || text?.nodeType !== 3) return;
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text.textContent ?? '') ?? [];
  if (words === '') return void mark.replaceWith(before);
  text.textContent = words;
  mark.before(before);
  mark.after(after);
}

const isInLink = (element: Element) => element.closest('a') !== null || element.querySelector('a') !== null;

/** The element as one of another name, with what is in it. */
function replaceTag(element: Element, tag: string): HTMLElement {
  const made = element.ownerDocument.createElement(tag);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
}
