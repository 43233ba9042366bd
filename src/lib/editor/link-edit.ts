import { type Editor, getMarkRange } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { safeHref } from '#core/note/links.ts';

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
    words: editor.state.doc.textBetween(from, to, ' ', ' '),
    address: typeof href === 'string' ? href : '',
  };
}

/** Makes the selection a link. Words that were not changed keep their marks and may be of several blocks. */
export function setLink({ state, view }: Editor, { words, address }: LinkAt, before: LinkAt): void {
  const mark = state.schema.marks['link']?.create({ href: address });
  const { from, to, $from } = state.selection;
  if (!mark) return;
  const { tr } = state;
  if (words === before.words && words !== '') tr.addMark(from, to, mark);
  else
    tr.replaceWith(
      from,
      to,
      textWith(state.schema.text(words || address), [...($from.marksAcross(state.selection.$to) ?? [])], mark),
    );
  const end = tr.mapping.map(to);
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

function textWith(text: Node, marks: Node['marks'], link: Node['marks'][number]): Node {
  return text.mark(link.addToSet(marks));
}
