import { Window } from 'happy-dom';
import { parseFragment } from 'parse5';

const { document } = new Window();

/** For code that makes elements. */
export const testDocument = document as unknown as Document;

interface Parsed {
  nodeName: string;
  value?: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Parsed[];
}

/**
 * An element with what `html` holds, for code that reads a DOM. Parsed as the standard says, which happy-dom's own parser does not in
 * all (the line break after `<pre>`, tables).
 */
export function domOf(html: string): HTMLElement {
  const body = document.createElement('body');
  fill(body, parseFragment(html) as Parsed);
  return body as unknown as HTMLElement;
}

type HappyElement = ReturnType<typeof document.createElement>;

function fill(parent: HappyElement, { childNodes = [] }: Parsed): void {
  for (const child of childNodes) {
    if (child.nodeName === '#text') parent.appendChild(document.createTextNode(child.value ?? ''));
    if (child.nodeName.startsWith('#')) continue;
    const element = document.createElement(child.nodeName);
    for (const { name, value } of child.attrs ?? []) element.setAttribute(name, value);
    fill(element, child);
    parent.appendChild(element);
  }
}
