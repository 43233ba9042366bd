import { Node } from '@tiptap/core';
import { outcomeFacts } from '../../outcomes/facts.ts';
import { outcomeData, outcomeDetails, outcomeHead } from '../outcome-html.ts';
import type { ElementLike } from './element.ts';

/**
 * A line marked as a decision, an action, a question or a gap. Attributes are strings of any content; `outcomeFacts` reads them.
 * Neither half of a split line but the first is the outcome.
 */
export const Outcome = Node.create({
  name: 'outcome',
  group: 'block',
  content: 'inline*',
  defining: true,
  addAttributes: () => Object.fromEntries(NAMES.map((name) => [name, attribute(name)])),
  parseHTML: () => [{ tag: 'section[data-outcome]', contentElement: '.outcome-text' }],
  renderHTML: ({ node }) => {
    const facts = outcomeFacts(node.attrs);
    const head = Object.values(outcomeHead(facts));
    const details = Object.values(outcomeDetails(facts)).filter((words) => words !== '');
    return [
      'section',
      outcomeData(facts),
      ['p', { class: 'outcome-head', contenteditable: 'false' }, head.join(' ')],
      ['p', { class: 'outcome-text' }, 0],
      ['p', { class: 'outcome-facts', contenteditable: 'false' }, details.join(', ')],
    ];
  },
});

const NAMES = ['id', 'short', 'kind', 'state', 'owners', 'due', 'more'] as const;

function attribute(name: (typeof NAMES)[number]): object {
  const read = (element: ElementLike) => element.getAttribute(name === 'kind' ? 'data-outcome' : `data-${name}`) ?? '';
  return { default: name === 'kind' ? 'gap' : '', keepOnSplit: false, rendered: false, parseHTML: read };
}
