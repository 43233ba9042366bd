import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';

const key = new PluginKey<boolean>('keptSelection');

/** Shows what is selected also while the focus is elsewhere, such as in the fields for a link: that is what they change. */
export const KeptSelection = Extension.create({
  name: 'keptSelection',
  addProseMirrorPlugins: () => [
    new Plugin<boolean>({
      key,
      state: { init: () => false, apply: (tr, away) => (tr.getMeta(key) as boolean | undefined) ?? away },
      props: {
        handleDOMEvents: {
          focus: (view) => setAway(view, false),
          blur: (view) => setAway(view, true),
        },
        decorations(state) {
          const { empty, from, to } = state.selection;
          if (empty || !this.getState(state)) return null;
          return DecorationSet.create(state.doc, [Decoration.inline(from, to, { class: 'kept-selection' })]);
        },
      },
    }),
  ],
});

/** Nothing is dispatched while the focus only comes to where it was expected. */
function setAway(view: EditorView, away: boolean): void {
  if (!view.isDestroyed && key.getState(view.state) !== away) view.dispatch(view.state.tr.setMeta(key, away));
}
