import { joinOwners, ownersOf } from '../../outcomes/facts.ts';
import type { NoteJson, NoteMark, NoteNode } from '../../note/json.ts';
import { type Hidden, isNobody } from './hidden.ts';
import { hide, hideName, type Replacement, replacements } from './hide.ts';

/** A note without the names: in its text, code too, in what is said of outcomes, images and links. */
export function hideInNote(note: NoteJson, hidden: Hidden): NoteJson {
  return isNobody(hidden) ? note : { ...note, content: note.content.map((node) => inNode(node, hidden)) };
}

function inNode(node: NoteNode, hidden: Hidden): NoteNode {
  const { content, attrs, marks } = node;
  const made: NoteNode = { ...node };
  if (attrs) made.attrs = inAttributes(attrs, hidden);
  if (marks) made.marks = marks.flatMap((mark) => inMark(mark, hidden));
  if (content)
    made.content = (content.some(isText) ? inLine(content, hidden) : content).map((child) => inNode(child, hidden));
  return made;
}

const isText = ({ type }: NoteNode) => type === 'text';

/** A name may be bold in its first half: the whole block is looked through, and what stands there instead goes where the name began. */
function inLine(content: readonly NoteNode[], hidden: Hidden): NoteNode[] {
  const text = content.map(textOf).join('');
  const found = replacements(text, hidden);
  if (found.length === 0) return [...content];
  let from = 0;
  return content.flatMap((node) => {
    const to = from + textOf(node).length;
    const words = isText(node) ? between(text, from, to, found) : '';
    from = to;
    if (!isText(node)) return [node];
    return words === '' ? [] : [{ ...node, text: words }];
  });
}

function between(text: string, from: number, to: number, found: readonly Replacement[]): string {
  let made = '';
  let at = from;
  for (const each of found) {
    if (each.to <= from || each.from >= to) continue;
    made += text.slice(at, Math.max(at, each.from)) + (each.from >= from ? each.instead : '');
    at = Math.min(to, each.to);
  }
  return made + text.slice(at, to);
}

/** The text of a node inside a block, as long as its place in the block. */
export const textOf = (node: NoteNode): string =>
  node.type === 'text' ? (node.text ?? '') : node.type === 'hardBreak' ? '\n' : '\ufffc';

/** What leads somewhere or names a form is no text. */
const NO_TEXT = new Set(['id', 'short', 'kind', 'state', 'anchor', 'file', 'language', 'href']);

function inAttributes(attrs: Record<string, unknown>, hidden: Hidden): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attrs).map(([name, value]) => {
      if (typeof value !== 'string' || NO_TEXT.has(name)) return [name, value];
      if (name === 'owners')
        return [name, joinOwners([...new Set(ownersOf(value).map((owner) => hideName(owner, hidden)))])];
      return [name, hide(value, hidden)];
    }),
  );
}

/** A link that writes to one of those persons is none any more. */
function inMark(mark: NoteMark, hidden: Hidden): NoteMark[] {
  const href = mark.attrs?.['href'];
  if (typeof href === 'string' && /^mailto:/i.test(href) && hide(decoded(href), hidden) !== decoded(href)) return [];
  return [mark.attrs ? { ...mark, attrs: inAttributes(mark.attrs, hidden) } : mark];
}

function decoded(address: string): string {
  const words = address.replace(/^mailto:/i, '');
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}
