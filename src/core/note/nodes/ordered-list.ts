import { Node } from '@tiptap/core';
import type { ElementLike } from './element.ts';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    orderedList: {
      toggleOrderedList: () => ReturnType;
    };
  }
}

/** A list whose items count from `start` on. */
export const OrderedList = Node.create({
  name: 'orderedList',
  group: 'block list',
  content: 'listItem+',
  addAttributes: () => ({ start: { default: 1, parseHTML: startOf } }),
  parseHTML: () => [{ tag: 'ol' }],
  renderHTML: ({ HTMLAttributes: { start, ...attributes } }) => [
    'ol',
    start === 1 ? attributes : { ...attributes, start: start as unknown },
    0,
  ],
  addCommands: () => ({
    toggleOrderedList:
      () =>
      ({ commands }) =>
        commands.toggleList('orderedList', 'listItem'),
  }),
});

function startOf(element: ElementLike): number {
  const start = Number.parseInt(element.getAttribute('start') ?? '', 10);
  return Number.isNaN(start) ? 1 : start;
}
