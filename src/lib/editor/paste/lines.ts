import type { NoteNode } from '#core/note/json.ts';
import { ADDRESS, safeHref } from '#core/note/links.ts';

/** Paragraphs of the text: every line kept, blank lines between paragraphs. */
export function paragraphs(text: string, links: boolean): NoteNode[] {
  return text
    .split(/\n(?:[ \t]*\n)+/)
    .filter((part) => part.trim() !== '')
    .map((part) => ({ type: 'paragraph', content: inlineLines(part, links) }));
}

/** The lines as they are, with breaks between. */
export function inlineLines(text: string, links: boolean): NoteNode[] {
  return text
    .replace(/^\n+|\s+$/g, '')
    .split('\n')
    .flatMap((line, i): NoteNode[] => [
      ...(i > 0 ? [{ type: 'hardBreak' }] : []),
      ...(links ? linked(line) : words(line)),
    ]);
}

/** The line with its addresses as links. */
function linked(line: string): NoteNode[] {
  const made: NoteNode[] = [];
  let at = 0;
  for (const { 0: address, index } of line.matchAll(ADDRESS)) {
    if (safeHref(address) !== address) continue;
    made.push(...words(line.slice(at, index)));
    made.push({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href: address } }] });
    at = index + address.length;
  }
  return [...made, ...words(line.slice(at))];
}

const words = (text: string): NoteNode[] => (text === '' ? [] : [{ type: 'text', text }]);
