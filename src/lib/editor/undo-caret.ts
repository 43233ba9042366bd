import { Extension } from '@tiptap/core';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import {
  type ProsemirrorBinding,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
  yUndoPluginKey,
} from '@tiptap/y-tiptap';
import type * as Y from 'yjs';

/**
 * After undo and redo the caret stands where it was when what is undone was done. The binding hands the place over too late: the
 * change is drawn by then, and the next change by someone else would take the caret there from wherever it is.
 */
export const UndoCaret = Extension.create({
  name: 'undoCaret',
  addProseMirrorPlugins: () => [new Plugin({ view: placeCaret })],
});

type Place = Parameters<typeof relativePositionToAbsolutePosition>[2] | null;

function placeCaret(view: EditorView): { destroy(): void } {
  const { doc, binding } = ySyncPluginKey.getState(view.state) as { doc: Y.Doc; binding: ProsemirrorBinding };
  const { undoManager } = yUndoPluginKey.getState(view.state) as { undoManager: Y.UndoManager };
  const place = (): void => {
    const kept = binding.beforeTransactionSelection as { anchor: Place; head: Place } | null;
    Reflect.set(binding, 'beforeTransactionSelection', null);
    const resolved = (at: Place): number | null =>
      at && relativePositionToAbsolutePosition(doc, binding.type, at, binding.mapping);
    const head = kept && resolved(kept.head);
    if (!kept || head === null) return;
    const { tr } = view.state;
    const anchor = resolved(kept.anchor) ?? head;
    view.dispatch(
      tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head))).scrollIntoView(),
    );
  };
  undoManager.on('stack-item-popped', place);
  return { destroy: () => undoManager.off('stack-item-popped', place) };
}
