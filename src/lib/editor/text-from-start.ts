import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { isTextBlock } from '#core/note/schema.ts';

/** Gives each new paragraph, heading and block of code its text in the change that makes it. Why: `isTextBlock`. */
export const TextFromStart = Extension.create({
  name: 'textFromStart',
  addProseMirrorPlugins: () => [new Plugin({ view: giveTexts })],
});

/** The binding has no place to hook into between what it writes and the end of its transaction: its method is wrapped. */
function giveTexts(view: EditorView): { destroy(): void } {
  const { doc, binding } = ySyncPluginKey.getState(view.state) as { doc: Y.Doc; binding: ProsemirrorBinding };
  const write = binding._prosemirrorChanged.bind(binding);
  binding._prosemirrorChanged = (note: Node) =>
    doc.transact((transaction) => {
      write(note);
      for (const parent of transaction.changed.keys())
        if (parent instanceof Y.XmlFragment) fillNew(parent, transaction);
    }, ySyncPluginKey);
  return { destroy: () => (binding._prosemirrorChanged = write) };
}

function fillNew(parent: Y.XmlFragment, transaction: Y.Transaction): void {
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement) || !isNew(child, transaction)) continue;
    if (isTextBlock(child.nodeName) && child.length === 0) child.insert(0, [new Y.XmlText()]);
    else fillNew(child, transaction);
  }
}

function isNew({ _item: item }: Y.XmlElement, { beforeState }: Y.Transaction): boolean {
  return item !== null && item.id.clock >= (beforeState.get(item.id.client) ?? 0);
}
