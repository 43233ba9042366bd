import { Node } from '@tiptap/core';

/*
 * A line that is always seen and blocks that are seen when it is opened. Whether it is open is each reader's own affair and not in
 * the note. Any parts in any order, as with tables; readers take the first line for the summary and all else for what is inside.
 */

export const Details = Node.create({
  name: 'details',
  group: 'block',
  content: '(detailsSummary | detailsContent)*',
  isolating: true,
  parseHTML: () => [{ tag: 'details' }],
  renderHTML: () => ['details', 0],
});

export const DetailsSummary = Node.create({
  name: 'detailsSummary',
  content: 'inline*',
  isolating: true,
  parseHTML: () => [{ tag: 'summary' }],
  renderHTML: () => ['summary', 0],
});

export const DetailsContent = Node.create({
  name: 'detailsContent',
  content: 'block+',
  defining: true,
  parseHTML: () => [{ tag: 'details > div' }],
  renderHTML: () => ['div', 0],
});
