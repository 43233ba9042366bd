import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';

/** Tells screen readers whether the note can be written now: a reader may give a name, and a note may be refused. */
export const ToldReadOnly = Extension.create({
  name: 'toldReadOnly',
  addProseMirrorPlugins() {
    return [new Plugin({ props: { attributes: () => ({ 'aria-readonly': String(!this.editor.options.editable) }) } })];
  },
});
