import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { blockId } from '#core/note/anchors.ts';
import type { NoteNode } from '#core/note/json.ts';
import { outline } from '#core/note/outline.ts';

/** Gives headings, and blocks that links lead to, the ids in the editor that the server's rendering and the outline give them. */
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
  const blocks: { from: number; to: number; id: string }[] = [];
  doc.descendants((node, from) => {
    const to = from + node.nodeSize;
    if (node.type.name === 'heading') {
      found.push({ from, to, json: node.toJSON() as NoteNode });
      return false;
    }
    const id = blockId(node.type.name, node.attrs);
    // An image shows its own.
    if (id !== null && node.type.name !== 'image') blocks.push({ from, to, id });
    return !node.isTextblock;
  });
  const ids = outline({ type: 'doc', content: found.map(({ json }) => json) });
  const taken = new Set(ids.map(({ id }) => id));
  const first = blocks.filter(({ id }) => !taken.has(id) && taken.add(id));
  const all = [...found.map(({ from, to }, i) => ({ from, to, id: ids[i]?.id ?? '' })), ...first];
  return DecorationSet.create(
    doc,
    all.map(({ from, to, id }) => Decoration.node(from, to, { id })),
  );
}
