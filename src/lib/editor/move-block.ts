import type { Editor } from '@tiptap/core';
import type { Node, NodeRange, ResolvedPos } from '@tiptap/pm/model';
import { type EditorState, Selection } from '@tiptap/pm/state';
import type { DecorationSet } from '@tiptap/pm/view';
import { type ProsemirrorBinding, yCursorPluginKey, ySyncPluginKey, yUndoPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';

/** Nodes whose children can change places. */
const HOLDERS = new Set([
  ...['doc', 'blockquote', 'bulletList', 'orderedList', 'callout', 'detailsContent'],
  // Its rows.
  'table',
]);

/**
 * Moves the selected blocks, list items or table rows over their neighbour. Yjs knows no moving: one side has to be taken out and
 * made anew; of two who move one block at once one counts (`joinDoubles`). The binding would write the words of one into the other.
 * So the move is written here: what is made anew is the side in which nobody else has a caret, else the smaller one. What others
 * write in it meanwhile: `keepWritten`.
 */
export function moveBlock({ state, view }: Editor, by: -1 | 1): boolean {
  const range = movable(state);
  const neighbour = range && neighbourOf(range, by);
  if (!range || view.composing) return false;
  // At the end of its list a key must not move anything else.
  if (!neighbour) return true;
  const { doc, binding } = ySyncPluginKey.getState(state) as { doc: Y.Doc; binding: ProsemirrorBinding };
  const holder = holderOf(range.$from, range.depth, binding.type);
  if (!holder) return false;
  const { undoManager } = yUndoPluginKey.getState(state) as { undoManager: Y.UndoManager };
  const change = by < 0 ? upwards(range, neighbour, state) : downwards(range, neighbour, state);
  undoManager.stopCapturing();
  doc.transact(() => makeAnew(holder, change), ySyncPluginKey);
  undoManager.stopCapturing();
  const selection = shifted(view.state, state.selection, by * neighbour.nodeSize);
  view.dispatch(view.state.tr.setSelection(selection).setMeta('addToHistory', false).scrollIntoView());
  return true;
}

function movable({ selection }: EditorState): NodeRange | null {
  return selection.$from.blockRange(selection.$to, (node) => HOLDERS.has(node.type.name));
}

function neighbourOf({ parent, startIndex, endIndex }: NodeRange, by: -1 | 1): Node | null {
  return parent.maybeChild(by < 0 ? startIndex - 1 : endIndex);
}

/** The element of the document that holds the range; null when it does not stand there as it is shown. */
function holderOf($from: ResolvedPos, depth: number, root: Y.XmlFragment): Y.XmlFragment | null {
  let holder = root;
  for (let level = 0; level <= depth; level++) {
    if (holder.length !== $from.node(level).childCount) return null;
    if (level === depth) break;
    const child = holder.get($from.index(level));
    if (!(child instanceof Y.XmlElement)) return null;
    holder = child as Y.XmlFragment;
  }
  return holder;
}

/** Children of the holder from `index` on that are taken out and put in again so that they begin at `to`, counted without them. */
interface Change {
  index: number;
  count: number;
  to: number;
}

function upwards(range: NodeRange, over: Node, state: EditorState): Change {
  const { start, end, startIndex, endIndex } = range;
  const count = endIndex - startIndex;
  return firstGoes(state, start - over.nodeSize, start, end)
    ? { index: startIndex - 1, count: 1, to: endIndex - 1 }
    : { index: startIndex, count, to: startIndex - 1 };
}

function downwards(range: NodeRange, over: Node, state: EditorState): Change {
  const { start, end, startIndex, endIndex } = range;
  const count = endIndex - startIndex;
  return firstGoes(state, start, end, end + over.nodeSize)
    ? { index: startIndex, count, to: startIndex + 1 }
    : { index: endIndex, count: 1, to: startIndex };
}

/** Of the two sides of `middle`, whether the first is made anew. */
function firstGoes(state: EditorState, from: number, middle: number, to: number): boolean {
  const carets = yCursorPluginKey.getState(state) as DecorationSet;
  const first = carets.find(from, middle).length > 0;
  const second = carets.find(middle, to).length > 0;
  return first === second ? middle - from <= to - middle : second;
}

function makeAnew(holder: Y.XmlFragment, { index, count, to }: Change): void {
  const copies = holder.slice(index, index + count).map((each) => each.clone());
  holder.delete(index, count);
  holder.insert(to, copies);
}

/** The same selection in the moved blocks. */
function shifted({ doc }: EditorState, selection: Selection, by: number): Selection {
  const { anchor, head, ...rest } = selection.toJSON() as { type: string; anchor: number; head?: number };
  return Selection.fromJSON(doc, {
    ...rest,
    anchor: anchor + by,
    ...(head === undefined ? {} : { head: head + by }),
  });
}
