import type { Slice } from '@tiptap/pm/model';
import type { EditorView } from '@tiptap/pm/view';
import { newFacts, withOutcomes } from '../blocks/outcome-changes.ts';

/** Ids of outcomes that were cut from a note and not yet pasted. */
const cut = new WeakMap<EditorView, Set<string>>();

export function rememberCut(view: EditorView): void {
  const ids = new Set<string>();
  view.state.selection.content().content.descendants(({ type, attrs }) => {
    if (type.name === 'outcome') ids.add(String(attrs['id']));
  });
  cut.set(view, ids);
}

/** A copy of an outcome is another one; what was cut here is the same at another place, once. */
export function asOthers(slice: Slice, view: EditorView, people: readonly string[]): Slice {
  const moved = cut.get(view) ?? new Set<string>();
  const here = new Set<string>();
  view.state.doc.descendants(({ type, attrs }) => {
    if (type.name === 'outcome') here.add(String(attrs['id']));
  });
  return withOutcomes(slice, (attrs) => {
    const id = String(attrs['id']);
    if (id !== '' && !here.has(id) && moved.delete(id)) return attrs;
    return { ...attrs, ...newFacts(attrs, people) };
  });
}
