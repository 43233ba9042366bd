import type { Node } from '@tiptap/pm/model';
import { type EditorState, PluginKey } from '@tiptap/pm/state';
import type { DecorationSet } from '@tiptap/pm/view';
import { safeHref } from '#core/note/links.ts';

/** What is shown of the references of a note: decorations whose spec has their `href`. */
export interface Shown {
  /** The note that was looked at; an older one while something is composed. */
  looked: Node;
  set: DecorationSet;
}

/** Here, because references themselves come in a chunk of their own. */
export const referencesKey = new PluginKey<Shown>('references');

/** Where the link or reference at the caret leads; null when there is none. */
export function addressHere(state: EditorState): string | null {
  const { $head, head } = state.selection;
  const beside = [...$head.marks(), ...($head.nodeAfter?.marks ?? [])];
  const link = safeHref(beside.find(({ type }) => type.name === 'link')?.attrs['href']);
  if (link !== null) return link;
  const here = referencesKey.getState(state)?.set.find(head, head) ?? [];
  return here.map(({ spec }) => safeHref((spec as { href?: unknown }).href)).find((href) => href !== null) ?? null;
}
