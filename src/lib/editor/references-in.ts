import type { Node } from '@tiptap/pm/model';
import type { NoteNode } from '#core/note/json.ts';
import { mergeReferences, noteReferences, type NoteReference } from '#core/references/note.ts';

// A node never changes: a changed block is another node.
const ofBlock = new WeakMap<Node, NoteReference[]>();

/** What the note in the editor points at, as `noteReferences` finds it; only blocks that changed since are looked at. */
export function referencesIn(doc: Node): NoteReference[] {
  const found: NoteReference[][] = [];
  doc.descendants((node) => {
    if (!node.isTextblock) return true;
    if (node.type.spec.code) return false;
    let known = ofBlock.get(node);
    if (!known) ofBlock.set(node, (known = noteReferences({ type: 'doc', content: [node.toJSON() as NoteNode] })));
    found.push(known);
    return false;
  });
  return mergeReferences(found.flat());
}
