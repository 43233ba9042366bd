import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey, yUndoPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { RESCUED } from '#core/note/moved/rescue.ts';
import { undoInOrder } from '#core/note/undo-in-order.ts';
import { forgetJoined } from './undo-forgets-joined.ts';

/**
 * Undo takes out what was made here, but no block that others have written in since: with the block their words would go. Only our
 * own characters leave it then. Nor does it double a block that two had moved at once.
 */
export const UndoKeepsOthers = Extension.create({
  name: 'undoKeepsOthers',
  addProseMirrorPlugins: () => [new Plugin({ view: keepOthers }), new Plugin({ view: forgetJoined })],
});

function keepOthers({ state }: EditorView): { destroy(): void } {
  const { doc } = ySyncPluginKey.getState(state) as { doc: Y.Doc };
  const { undoManager } = yUndoPluginKey.getState(state) as { undoManager: Y.UndoManager };
  undoManager.addTrackedOrigin(RESCUED);
  undoInOrder(undoManager);
  const { deleteFilter } = undoManager;
  undoManager.deleteFilter = (item) => deleteFilter(item) && !isOthersToo(item, doc.clientID);
  return { destroy: () => void (undoManager.deleteFilter = deleteFilter) };
}

/** Whether others would lose something with this item of ours: a block, or what made it the kind of block it is. */
function isOthersToo({ content, parent, parentSub, left }: Y.Item, own: number): boolean {
  if (content instanceof Y.ContentType) return holdsOthers(content.type, own);
  // The first value of an attribute, in a block that is ours: it is as old as the block.
  const first = parentSub !== null && left === null && parent instanceof Y.AbstractType;
  return first && parent._item?.id.client === own && holdsOthers(parent, own);
}

function holdsOthers(type: Y.AbstractType<unknown>, own: number): boolean {
  for (let item = type._start; item; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentString && item.id.client !== own) return true;
    if (item.content instanceof Y.ContentType && (isAtom(item, own) || holdsOthers(item.content.type, own)))
      return true;
  }
  return false;
}

/** An image or a line that someone else put in: it says something without any text. */
function isAtom({ id, content }: Y.Item, own: number): boolean {
  return (
    id.client !== own &&
    content instanceof Y.ContentType &&
    content.type instanceof Y.XmlElement &&
    ['image', 'horizontalRule'].includes(content.type.nodeName)
  );
}
