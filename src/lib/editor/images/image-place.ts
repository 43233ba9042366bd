import type { Node, NodeType } from '@tiptap/pm/model';

/**
 * Where a block of this type may be put next to `pos`: before the block that `pos` is at the start of, else behind the block it
 * is in, further out when it may not stand there. null when it may stand nowhere.
 */
export function placeNear(doc: Node, pos: number, type: NodeType): number | null {
  const at = doc.resolve(Math.max(0, Math.min(pos, doc.content.size)));
  for (let depth = at.depth; depth >= 0; depth -= 1) {
    const parent = at.node(depth);
    const inside = depth === at.depth;
    const before = inside || (depth === at.depth - 1 && at.parent.isTextblock && at.parentOffset === 0);
    const index = before ? at.index(depth) : at.index(depth) + 1;
    if (!parent.inlineContent && parent.canReplaceWith(index, index, type))
      return inside ? at.pos : before ? at.before(depth + 1) : at.after(depth + 1);
  }
  return null;
}
