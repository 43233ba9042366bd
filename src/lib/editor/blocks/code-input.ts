import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/**
 * Takes lines that come in one piece into code as they are, as from dictation or a phone's clipboard. The browser would end the block of code at the
 * first line and put the others where the note does not look for them.
 */
export const CodeInput = Extension.create({
  name: 'codeInput',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleDOMEvents: {
          beforeinput: (view, event) => {
            if (event.inputType !== 'insertText' || !event.data?.includes('\n') || !inCode(view)) return false;
            event.preventDefault();
            view.dispatch(view.state.tr.insertText(event.data).scrollIntoView());
            return true;
          },
        },
      },
    }),
  ],
});

function inCode({ state }: EditorView): boolean {
  const { $from, $to } = state.selection;
  return $from.parent.type.spec.code === true && $from.sameParent($to);
}
