/** Lists as other programs write them, as lists in items of lists. */
export function mendLists(body: HTMLElement): void {
  flatLists(body, '[data-style*="mso-list"]', wordItem);
  flatLists(body, 'ul[class*="list-"], ol[class*="list-"]', etherpadItem);
  // A list beside the item it belongs to, as Google Docs has it.
  for (const list of body.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) {
    const before = list.previousElementSibling;
    if (before?.tagName === 'LI') before.append(list);
    else wrapIn(list, 'li');
  }
  for (const item of body.querySelectorAll('li'))
    if (!item.parentElement?.matches('ul, ol')) {
      const before = item.previousElementSibling;
      if (before?.matches('ul[data-mended]')) before.append(item);
      else wrapIn(item, 'ul').dataset['mended'] = '';
    }
}

function wrapIn(element: Element, tag: string): HTMLElement {
  const made = element.ownerDocument.createElement(tag);
  element.replaceWith(made);
  made.append(element);
  return made;
}

/** One line of a list that has its depth written on it. */
interface FlatItem {
  level: number;
  tag: 'ul' | 'ol';
  start: string | null;
  content: ChildNode[];
}

/** Items that stand one after the other, each saying how deep it is. */
function flatLists(body: HTMLElement, selector: string, read: (element: HTMLElement) => FlatItem[] | null): void {
  let open: HTMLElement[] = [];
  let last: Element | null = null;
  for (const element of body.querySelectorAll<HTMLElement>(selector)) {
    if (!element.isConnected && !body.contains(element)) continue;
    const items = read(element);
    if (!items) continue;
    const block = outermostAlone(element, body);
    if (!last || nextBlock(last) !== block) open = [];
    for (const item of items) {
      open = open.slice(0, item.level);
      while (open.length < item.level) openList(open, item, block);
      if (open.at(-1)?.tagName.toLowerCase() !== item.tag) {
        open.pop();
        openList(open, item, block);
      }
      const li = element.ownerDocument.createElement('li');
      li.append(...item.content);
      open.at(-1)?.append(li);
    }
    last = open[0] ?? null;
    block.remove();
  }
}

function openList(open: HTMLElement[], { tag, start }: FlatItem, before: Element): void {
  const list = before.ownerDocument.createElement(tag);
  if (start !== null && start !== '1') list.setAttribute('start', start);
  const around = open.at(-1);
  if (!around) before.before(list);
  else {
    const item = around.lastElementChild ?? around.appendChild(before.ownerDocument.createElement('li'));
    item.append(list);
  }
  open.push(list);
}

/** The element, or the block that holds nothing else. */
function outermostAlone(element: Element, body: Element): Element {
  let block = element;
  while (block.parentElement && block.parentElement !== body && onlyChild(block)) block = block.parentElement;
  return block;
}

const onlyChild = ({ parentElement: parent }: Element) =>
  parent?.children.length === 1 && parent.textContent?.trim() === parent.firstElementChild?.textContent?.trim();

function nextBlock(element: Element): Element | null {
  for (let next = element.nextSibling; next; next = next.nextSibling) {
    if (next.nodeType === 1) return next as Element;
    if (next.textContent?.trim()) return null;
  }
  return null;
}

/** `<p style="mso-list: l0 level2 lfo1"><span style="mso-list: Ignore">o </span>words</p>` */
function wordItem(element: HTMLElement): FlatItem[] | null {
  const level = /mso-list:[^;]*\blevel(\d)/i.exec(element.dataset['style'] ?? '')?.[1];
  if (!level) return null;
  const sign = element.querySelector('[data-style*="Ignore"]');
  const number = /^\s*\(?(\d+)[.)]/.exec(sign?.textContent ?? '')?.[1] ?? null;
  sign?.remove();
  return [{ level: Number(level), tag: number ? 'ol' : 'ul', start: number, content: [...element.childNodes] }];
}

/** `<ul class="list-bullet2"><li>words</li></ul>`, a list for each line. */
function etherpadItem(element: HTMLElement): FlatItem[] | null {
  const [, kind, level] = /\blist-(bullet|number|indent|task)(\d+)/.exec(element.className) ?? [];
  if (!kind) return null;
  const tag = kind === 'number' ? 'ol' : 'ul';
  const start = element.getAttribute('start');
  return [...element.children].map((item) => ({
    level: Number(level),
    tag,
    start,
    content: item.tagName === 'LI' ? [...item.childNodes] : [item],
  }));
}
