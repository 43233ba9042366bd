import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/** `part` is the child of the block that the place is in; null when the block holds the text itself. */
type Open = (part: Node | null) => void;

/** Blocks that can be closed, by the element of the note that stands for them: what opens each for this reader. */
const openers = new WeakMap<globalThis.Node, Open>();

/** Says how the block with this element is opened. */
export function opensBy(element: HTMLElement, open: Open): void {
  openers.set(element, open);
}

/** Opens every closed block around a place of the note, so that what is there can be seen. For this reader alone. */
export function showPlace(view: EditorView, at: number): void {
  const $at = view.state.doc.resolve(at);
  for (let depth = 1; depth <= $at.depth; depth += 1) {
    const element = view.nodeDOM($at.before(depth));
    if (element) openers.get(element)?.(depth < $at.depth ? $at.node(depth + 1) : null);
  }
}

/** The caret opens what it comes into. A change by others that moves the caret along opens nothing. */
export const OpenedByCaret = Extension.create({
  name: 'openedByCaret',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: { handleDOMEvents: { focus: (view) => showPlace(view, view.state.selection.head) } },
      view: () => ({
        update: (view, before) => {
          const { selection } = view.state;
          if (view.hasFocus() && !selection.eq(before.selection)) showPlace(view, selection.head);
        },
      }),
    }),
  ],
});
