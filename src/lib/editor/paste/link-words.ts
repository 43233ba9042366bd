import { TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { ADDRESS, safeHref } from '#core/note/links.ts';

const ONE_ADDRESS = new RegExp(`^${ADDRESS.source}$`);

/** An address pasted over words becomes their link. False when it is none, or there are no words. */
export function linkWords(view: EditorView, text: string): boolean {
  const { selection, schema, doc, tr } = view.state;
  const { from, to } = selection;
  const href = ONE_ADDRESS.test(text.trim()) ? safeHref(text) : null;
  const { link } = schema.marks;
  if (!link || href === null || !(selection instanceof TextSelection) || doc.textBetween(from, to) === '') return false;
  view.dispatch(tr.addMark(from, to, link.create({ href })).setMeta('uiEvent', 'paste'));
  return true;
}
