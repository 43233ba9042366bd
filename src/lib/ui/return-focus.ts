import type { TiptapEditorHTMLElement } from '@tiptap/core';

/** Remembers where the focus is. What it gives leads back there: in a note to its caret, where the focus alone would lead to its first letter. */
export function returnFocus(): () => void {
  const had = document.activeElement;
  return () => {
    if (!(had instanceof HTMLElement) || !had.isConnected) return;
    const { editor } = had as Partial<TiptapEditorHTMLElement>;
    if (editor) editor.view.focus();
    else had.focus({ preventScroll: true });
  };
}
