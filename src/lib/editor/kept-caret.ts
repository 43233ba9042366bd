import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';

type KeptSelection = ProsemirrorBinding['beforeTransactionSelection'];

/**
 * Keeps the caret beside the character it stands behind while others change the note. The binding keeps it by that character too,
 * and then prefers a guess from the block's text: someone's typing the same character at the same place took the caret along.
 * Here the character decides while it is there; the guess is left for a block that was taken out and put in again, which is how
 * blocks are moved.
 */
export const KeptCaret = Extension.create({
  name: 'keptCaret',
  addProseMirrorPlugins: () => [new Plugin({ view: keepCaret })],
});

function keepCaret(view: EditorView): { destroy(): void } {
  const { doc, binding } = ySyncPluginKey.getState(view.state) as { doc: Y.Doc; binding: ProsemirrorBinding };
  const decide = (): void => {
    const kept = binding.beforeTransactionSelection as KeptSelection | null;
    if (kept) binding.beforeTransactionSelection = withoutGuesses(kept, doc, view.state.doc.content.size);
  };
  doc.on('beforeObserverCalls', decide);
  return { destroy: () => doc.off('beforeObserverCalls', decide) };
}

/** The binding guesses from `absAnchor` and `absHead` alone, and throws when one lies behind the end of the text. */
function withoutGuesses(kept: KeptSelection, doc: Y.Doc, size: number): KeptSelection {
  const guessFrom = (place: unknown, absolute: number): number | null =>
    stands(place as Y.RelativePosition | null, doc) || absolute > size ? null : absolute;
  // The binding's type knows no null here; its code does, and takes it as “no guess”.
  return {
    ...kept,
    absAnchor: guessFrom(kept.anchor, kept.absAnchor),
    absHead: guessFrom(kept.head, kept.absHead),
  } as KeptSelection;
}

/** Whether the character, or without one the text, that the place refers to is still in the note. */
function stands(place: Y.RelativePosition | null, doc: Y.Doc): boolean {
  const id = place?.item ?? place?.type;
  if (!id) return place?.tname != null;
  const item = Y.getItem(doc.store, id);
  return item instanceof Y.Item && !item.deleted && !isTakenOut(item);
}

/** Whether something around the item was deleted: what is inside goes with it. */
function isTakenOut({ parent }: Y.Item): boolean {
  const around = parent instanceof Y.AbstractType ? parent._item : null;
  return around !== null && (around.deleted || isTakenOut(around));
}
