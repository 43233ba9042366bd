import type { Fragment } from '@tiptap/pm/model';
import { type Node, type NodeType } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';

/** Whether a block of this type may stand at the caret: not in a table, and not in a line that is a summary. */
export function canInsertBlock({ selection: { $from } }: EditorState, type: NodeType): boolean {
  if ($from.depth === 0) return true;
  if (!$from.parent.isTextblock) return $from.parent.canReplaceWith($from.index(), $from.index(), type);
  const index = $from.index(-1);
  return $from.node(-1).canReplaceWith(index, index, type);
}

/** Puts the block where the empty line at the caret is, or after the line at the caret; `at` is where it stands then. */
export function insertBlock({ selection, tr }: EditorState, block: Node | Fragment): { tr: Transaction; at: number } {
  const { $from } = selection;
  const line = $from.parent;
  if (!line.isTextblock) return { tr: tr.insert(selection.to, block), at: selection.to };
  const isEmpty = line.content.size === 0;
  const from = isEmpty ? $from.before() : $from.after();
  return { tr: tr.replaceWith(from, $from.after(), block), at: from };
}
