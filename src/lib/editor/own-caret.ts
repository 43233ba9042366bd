import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { yCursorPluginKey } from '@tiptap/y-tiptap';

/** What ProseMirror has for itself, and calls at each key press. */
interface Reading {
  domObserver: { flush(): void };
  /** When the editor got the focus: a caret that goes to the very beginning within 200 ms of it is taken for the browser's doing and put back. */
  input: { lastFocus: number };
}

/**
 * Takes the caret and the text as they stand in the page into the editor's state. The browser moves the caret at once and tells of
 * it later; a change by others in between would put the caret back where it was, and what is typed next would land there.
 */
export function readCaret(view: EditorView): void {
  if (!view.isDestroyed && !view.composing) (view as unknown as Reading).domObserver.flush();
}

/**
 * Reads our caret before those of others are drawn, and before a key that follows a caret key at once, as it does on a busy
 * machine. For the text of others see `readCaret`.
 */
export const OwnCaret = Extension.create({
  name: 'ownCaret',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleDOMEvents: {
          keydown: (view) => {
            readCaret(view);
            // Who presses Ctrl+Home right after coming here means it.
            (view as unknown as Reading).input.lastFocus = 0;
          },
          // ProseMirror looks 20 ms after the focus whether the caret is where the browser put it, and puts it back. On a busy machine
          // a key has moved it there meanwhile and nobody told yet. This timer is set before that one, so it reads first.
          focus: (view) => {
            setTimeout(() => {
              if ((view as unknown as Reading).input.lastFocus === 0) readCaret(view);
            }, 20);
          },
        },
      },
    }),
  ],
  dispatchTransaction({ transaction, next }) {
    // Carets are told of a moment late: the room may have been left meanwhile.
    if (this.editor.isDestroyed) return;
    const carets: unknown = transaction.getMeta(yCursorPluginKey);
    if (carets === undefined || transaction.docChanged || transaction.selectionSet) return next(transaction);
    readCaret(this.editor.view);
    next(this.editor.state.tr.setMeta(yCursorPluginKey, carets));
  },
});
