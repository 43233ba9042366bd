import type { NoteNode } from '../../note/json.ts';
import { headingLevel, plainText } from '../../note/outline.ts';
import { templateNote } from '../../note/template.ts';
import { OUTCOME } from '../../outcomes/elements.ts';
import { outcomeFacts } from '../../outcomes/facts.ts';
import { kindCounts } from '../words.ts';

/**
 * What the summary leaves of a note: its text without outcomes and empty lines, without headings over nothing but those, and without
 * headings of the template that nobody wrote below. Where a heading stays and outcomes stood first below it, it says how many.
 */
export function leftOf(content: readonly NoteNode[]): NoteNode[] {
  const nodes = content.filter((node, i) => node.type !== 'heading' || !isHollow(node, content.slice(i + 1)));
  return nodes.flatMap((node, i) =>
    node.type === 'heading' ? [node, ...wentFrom(nodes.slice(i + 1))] : without([node]),
  );
}

/** Else what comes next would be read as what the heading promises. */
function wentFrom(below: readonly NoteNode[]): NoteNode[] {
  const end = below.findIndex((node) => without([node]).length > 0);
  const kinds = below.slice(0, end < 0 ? undefined : end).flatMap(kindsIn);
  if (kinds.length === 0) return [];
  return [{ type: 'paragraph', content: [{ type: 'text', text: `(${kindCounts(kinds)}: see above.)` }] }];
}

const kindsIn = (node: NoteNode): ReturnType<typeof outcomeFacts>['kind'][] =>
  node.type === OUTCOME ? [outcomeFacts(node.attrs).kind] : (node.content ?? []).flatMap(kindsIn);

function without(nodes: readonly NoteNode[]): NoteNode[] {
  return nodes.flatMap((node) => {
    if (node.type === OUTCOME) return [];
    if (node.type === 'paragraph') return plainText(node).trim() === '' ? [] : [node];
    if (!node.content?.some(hasOutcome)) return [node];
    const content = without(node.content);
    return content.length === 0 && HOLDERS.has(node.type) ? [] : [{ ...node, content }];
  });
}

const hasOutcome = (node: NoteNode): boolean => node.type === OUTCOME || (node.content ?? []).some(hasOutcome);

const HOLDERS = new Set(['bulletList', 'orderedList', 'listItem', 'blockquote', 'callout']);

const TEMPLATE = new Set(
  templateNote()
    .content.filter(({ type }) => type === 'heading')
    .map(plainText),
);

function isHollow(heading: NoteNode, after: readonly NoteNode[]): boolean {
  const end = after.findIndex((node) => node.type === 'heading' && headingLevel(node) <= headingLevel(heading));
  const section = end < 0 ? after : after.slice(0, end);
  return (
    (section.some(hasOutcome) || TEMPLATE.has(plainText(heading))) &&
    section.every((node, i) =>
      node.type === 'heading' ? isHollow(node, section.slice(i + 1)) : without([node]).length === 0,
    )
  );
}
