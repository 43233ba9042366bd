import { Extension } from '@tiptap/core';
import type { EditorState, TextSelection, Transaction } from '@tiptap/pm/state';

/** One step out of a line of code: a tab, or as many spaces as one stands for. */
const INDENT = /^(?:\t| {1,8})/;

/**
 * In a code block Tab is text: it sets a tab, or indents the selected lines; Shift+Tab takes one step back. Code is kept as it is
 * typed, and a Tab that moved the focus away would send what is typed next nowhere.
 */
export const CodeKeys = Extension.create({
  name: 'codeKeys',
  addKeyboardShortcuts() {
    const press = (change: (state: EditorState, tr: Transaction) => void) => () =>
      this.editor.commands.command(({ state, tr }) => {
        const { $from, $to } = state.selection;
        if (!$from.parent.type.spec.code || !$from.sameParent($to)) return false;
        change(state, tr);
        return true;
      });
    return { Tab: press(indent), 'Shift-Tab': press(outdent) };
  },
});

function indent({ selection }: EditorState, tr: Transaction): void {
  if (selection.empty) {
    tr.insertText('\t');
    return;
  }
  for (const at of lineStarts(selection as TextSelection).reverse()) tr.insertText('\t', at);
}

function outdent({ selection, doc }: EditorState, tr: Transaction): void {
  for (const at of lineStarts(selection as TextSelection).reverse()) {
    const step = INDENT.exec(doc.textBetween(at, selection.$to.end()))?.[0];
    if (step) tr.delete(at, at + step.length);
  }
}

/** Where the lines that the selection touches begin, in the document. */
function lineStarts({ $from, $to }: TextSelection): number[] {
  const text = $from.parent.textContent;
  const first = text.lastIndexOf('\n', $from.parentOffset - 1) + 1;
  const starts = [first];
  for (let at = text.indexOf('\n', first); at >= 0 && at + 1 < $to.parentOffset; at = text.indexOf('\n', at + 1))
    starts.push(at + 1);
  return starts.map((at) => $from.start() + at);
}
