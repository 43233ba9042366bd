import { Extension } from '@tiptap/core';
import { exitCode } from '@tiptap/pm/commands';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { ariaKey, isMac, keyWords } from '../key-words.ts';

/** Of `exitCode`, as the editor's own keys have it. */
const KEY = 'Mod-Enter';

/**
 * Marks the block of code that the caret is in: only there it says how to go on below. Code whose lines the caret drew sideways goes
 * back to their beginnings when it leaves.
 */
export const CodeCaret = Extension.create({
  name: 'codeCaret',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        decorations: ({ doc, selection: { $from, $to } }) => {
          if (!$from.parent.type.spec.code || !$from.sameParent($to)) return null;
          return DecorationSet.create(doc, [Decoration.node($from.before(), $from.after(), { class: 'has-caret' })]);
        },
      },
      view: (view) => {
        let lines = linesAtCaret(view);
        return {
          update(): void {
            const now = linesAtCaret(view);
            if (lines !== now) lines?.scrollTo({ left: 0 });
            lines = now;
          },
        };
      },
    }),
  ],
});

/** What scrolls the code that the caret is in. */
function linesAtCaret(view: EditorView): HTMLElement | null {
  const { $head } = view.state.selection;
  if (!$head.parent.type.spec.code) return null;
  const block = view.nodeDOM($head.before());
  return block instanceof HTMLElement ? block.querySelector('pre') : null;
}

/** A button that leads out of the code to a new line below it; it says the key that does so. */
export function belowButton(view: EditorView): HTMLButtonElement {
  const button = document.createElement('button');
  const key = document.createElement('kbd');
  button.type = 'button';
  button.tabIndex = -1;
  button.contentEditable = 'false';
  button.className = 'btn btn-quiet btn-sm writes code-below';
  button.setAttribute('aria-keyshortcuts', ariaKey(KEY, isMac()));
  key.ariaHidden = 'true';
  key.textContent = keyWords(KEY, isMac());
  button.append('Line below', key);
  button.addEventListener('click', () => {
    view.focus();
    exitCode(view.state, view.dispatch);
  });
  return button;
}
