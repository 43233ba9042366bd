import { Node } from '@tiptap/core';
import { CALLOUTS, calloutKind } from '../callouts.ts';
import type { ElementLike } from './element.ts';

/** Blocks set apart under a word: note, tip, important, warning, caution. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => ({
    kind: { default: 'note', rendered: false, parseHTML: (element: ElementLike) => kindOf(element) },
  }),
  parseHTML: () => [
    { tag: 'aside[data-callout]' },
    { tag: 'div.markdown-alert' },
    // The word comes from the kind. Asked before the rule for paragraphs.
    { tag: 'aside[data-callout] > .callout-word', ignore: true, priority: 60 },
    { tag: 'div.markdown-alert > .markdown-alert-title', ignore: true, priority: 60 },
  ],
  renderHTML: ({ node }) => {
    const kind = calloutKind(node.attrs['kind']);
    return [
      'aside',
      { 'data-callout': kind, role: 'note' },
      ['p', { class: 'callout-word', contenteditable: 'false' }, CALLOUTS[kind]],
      ['div', 0],
    ];
  },
});

/** `data-callout` as we write it, or the class of an alert on a page with Markdown. */
function kindOf(element: ElementLike): string {
  return calloutKind(element.getAttribute('data-callout') ?? /\bmarkdown-alert-(\w+)/.exec(element.className)?.[1]);
}
