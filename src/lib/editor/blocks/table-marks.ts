import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { tablePlace } from './table-place.ts';

/** Tells screen readers which cells are heads of columns, and marks the table that the caret is in. */
export const TableMarks = Extension.create({
  name: 'tableMarks',
  addProseMirrorPlugins: () => [new Plugin({ props: { decorations: marks } })],
});

const headsOf = new WeakMap<Node, DecorationSet>();

function marks(state: EditorState): DecorationSet {
  const { doc, selection } = state;
  let heads = headsOf.get(doc);
  if (!heads) headsOf.set(doc, (heads = DecorationSet.create(doc, columnHeads(doc))));
  const place = tablePlace(selection.$head);
  if (!place) return heads;
  return heads.add(doc, [Decoration.node(place.at, place.at + place.table.nodeSize, { class: 'has-caret' })]);
}

function columnHeads(doc: Node): Decoration[] {
  const found: Decoration[] = [];
  doc.descendants((node, at, parent, index) => {
    if (node.type.name === 'tableRow' && index > 0) return false;
    if (node.type.name === 'tableCell') found.push(Decoration.node(at, at + node.nodeSize, { role: 'columnheader' }));
    return !node.isTextblock;
  });
  return found;
}
