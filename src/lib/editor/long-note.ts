import { Extension } from '@tiptap/core';
import { type EditorState, Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { isLong } from '#core/note/long.ts';

/**
 * Says of a long note that it is one: note.css then lays out only what is near the screen, and the block with the caret. The
 * browser cannot write into a block it has not laid out: a new one would take its first characters with the caret before them.
 */
export const LongNote = Extension.create({
  name: 'longNote',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        attributes: ({ doc }) => ({ class: isLong(doc.childCount) ? 'long' : '' }),
        decorations: caretBlock,
      },
    }),
  ],
});

function caretBlock({ doc, selection: { $head } }: EditorState): DecorationSet | null {
  if (!isLong(doc.childCount) || $head.depth === 0) return null;
  return DecorationSet.create(doc, [Decoration.node($head.before(1), $head.after(1), { class: 'with-caret' })]);
}
