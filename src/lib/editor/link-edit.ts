import { type Editor, getMarkRange } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { safeHref } from '#core/note/links.ts';
import { difference, onto } from './difference.ts';

/** The words that are or become a link, and where the link leads; no address while they are none. */
export interface LinkAt {
  words: string;
  address: string;
}

const NO_SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const MAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;

/**
 * The address somebody typed, as a link takes it: `lore.kernel.org/iommu` means https, `mara@example.org` a mail. null when it may not
 * be one.
 */
export function typedAddress(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return null;
  if (MAIL.test(text)) return safeHref(`mailto:${text}`);
  if (NO_SCHEME.test(text) && !/^[\w.-]+\.\w+:\d/.test(text)) return safeHref(text);
  return /^[\w-]+(\.[\w-]+)+([/:?#]|$)/.test(text) ? safeHref(`https://${text}`) : null;
}

/** Selects the whole link at the caret, if there is one, and says what is selected. */
export function selectLink(editor: Editor): LinkAt {
  const { link } = editor.schema.marks;
  const { selection } = editor.state;
  const range = link && selection.empty ? getMarkRange(selection.$head, link) : undefined;
  if (range)
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, range.from, range.to)));
  const { from, to } = editor.state.selection;
  const href: unknown = editor.getAttributes('link')['href'];
  return {
    words: wordsIn(editor.state.doc, from, to).text,
    address: typeof href === 'string' ? href : '',
  };
}

/**
 * Makes the selection a link. Of its words only those are written that the person changed, so the others keep their marks, and what
 * others wrote between them meanwhile stays.
 */
export function setLink({ state, view }: Editor, { words, address }: LinkAt, before: LinkAt): void {
  const mark = state.schema.marks['link']?.create({ href: address });
  const { from, to } = state.selection;
  if (!mark) return;
  const { tr } = state;
  const now = wordsIn(state.doc, from, to);
  const { cuts, text, at } = onto(difference(before.words, words || address), difference(before.words, now.text));
  for (const [start, end] of [...cuts].reverse()) tr.delete(now.place(start), now.place(end));
  if (text !== '') tr.insertText(text, tr.mapping.map(now.place(at), -1));
  const end = Math.max(tr.mapping.map(to), tr.mapping.map(now.place(at)));
  tr.addMark(from, end, mark);
  view.dispatch(
    tr
      .setSelection(TextSelection.near(tr.doc.resolve(end), -1))
      .removeStoredMark(mark)
      .scrollIntoView(),
  );
}

/** Leaves the words and takes the link away. */
export function removeLink({ state, view }: Editor): void {
  const { from, to } = state.selection;
  view.dispatch(state.tr.removeMark(from, to, state.schema.marks['link'] ?? null));
}

/** The words between two places, a space for each break between blocks and for what is no text, and where each sign of them stands. */
function wordsIn(doc: Node, from: number, to: number): { text: string; place: (index: number) => number } {
  let text = '';
  let end = from;
  const places: number[] = [];
  const add = (signs: string, at: number): void => {
    for (let i = 0; i < signs.length; i += 1) places.push(at + i);
    text += signs;
  };
  let blocks = 0;
  doc.nodesBetween(from, to, (node, pos) => {
    const start = Math.max(from, pos);
    if (node.isTextblock && blocks++ > 0) add(' ', end);
    if (node.isText) add(node.text?.slice(start - pos, to - pos) ?? '', start);
    else if (node.isLeaf) add(' ', start);
    if (node.isInline) end = Math.min(to, pos + node.nodeSize);
  });
  return { text, place: (index) => places[index] ?? to };
}
