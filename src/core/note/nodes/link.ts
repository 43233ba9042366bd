import { Mark } from '@tiptap/core';
import { safeHref } from '../links.ts';
import type { ElementLike } from './element.ts';

const REL = 'noopener noreferrer nofollow';

/** A link by allow-list. No target, rel or class: a client could set them to anything. */
export const Link = Mark.create({
  name: 'link',
  // The outermost of the marks on a text.
  priority: 1000,
  keepOnSplit: false,
  exitable: true,
  // What is typed after a link is not part of it.
  inclusive: false,
  addAttributes: () => ({ href: { default: null }, title: { default: null } }),
  parseHTML: () => [
    // The link of a reference is made from its text: read back it is text again.
    { tag: 'a.note-ref', skip: true },
    {
      tag: 'a[href]',
      getAttrs: (element: ElementLike) => (safeHref(element.getAttribute('href')) === null ? false : null),
    },
  ],
  renderHTML: ({ HTMLAttributes }) => {
    const href: unknown = HTMLAttributes['href'];
    return ['a', { rel: REL, ...HTMLAttributes, href: safeHref(href) === null ? '' : href }, 0];
  },
});
