import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { NoteNode } from '#core/note/json.ts';
import { outline } from '#core/note/outline.ts';

/** Gives each heading in the editor the anchor that the server's rendering and the outline give it. */
export const HeadingAnchors = Extension.create({
  name: 'headingAnchors',
  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet>({
        state: {
          init: (_config, { doc }) => anchors(doc),
          apply: (transaction, before) => (transaction.docChanged ? anchors(transaction.doc) : before),
        },
        props: {
          decorations(state) {
            return this.getState(state);
          },
        },
      }),
    ];
  },
});

function anchors(doc: Node): DecorationSet {
  const found: { from: number; to: number; json: NoteNode }[] = [];
  doc.descendants((node, from) => {
    if (node.type.name !== 'heading') return !node.isTextblock;
    found.push({ from, to: from + node.nodeSize, json: node.toJSON() as NoteNode });
    return false;
  });
  const ids = outline({ type: 'doc', content: found.map(({ json }) => json) });
  return DecorationSet.create(
    doc,
    found.map(({ from, to }, i) => Decoration.node(from, to, { id: ids[i]?.id ?? '' })),
  );
}
