import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { isLong } from '#core/note/long.ts';

/** Says of a long note that it is one: note.css then lays out only what is near the screen. */
export const LongNote = Extension.create({
  name: 'longNote',
  addProseMirrorPlugins: () => [
    new Plugin({ props: { attributes: ({ doc }) => ({ class: isLong(doc.childCount) ? 'long' : '' }) } }),
  ],
});
