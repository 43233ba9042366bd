import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin } from '@tiptap/pm/state';
import {
  absolutePositionToRelativePosition,
  type ProsemirrorBinding,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import * as Y from 'yjs';

/** A piece of text put in or taken out at `at`, a position of the document before it. Lengths in UTF-16 units. */
type Edit = { at: number; put: string } | { at: number; taken: number };

/**
 * Writes a typed character where the caret was. The binding looks for the first difference between the texts, so that a character
 * typed before an equal one would become the second of the two: whoever stands behind the first one is then on the wrong side of
 * it. Only such typing is written here; for the binding nothing is left to do then.
 */
export const TypedInPlace = Extension.create({
  name: 'typedInPlace',
  // Before the binding, which has 1000.
  priority: 1001,
  addProseMirrorPlugins: () => [
    new Plugin({ view: () => ({ update: ({ state }, before) => writeInPlace(before, state) }) }),
  ],
});

function writeInPlace(before: EditorState, state: EditorState): void {
  const sync = ySyncPluginKey.getState(state) as Sync;
  if (before.doc === state.doc || sync.isChangeOrigin) return;
  const edit = editAtCaret(before.doc, state);
  if (!edit) return;
  const { doc, binding } = sync;
  const place = absolutePositionToRelativePosition(edit.at, binding.type, binding.mapping) as Y.RelativePosition;
  const found = Y.createAbsolutePositionFromRelativePosition(place, doc);
  // The note must stand in Yjs exactly as it was here; else the place means another one.
  if (!(found?.type instanceof Y.XmlText)) return;
  if (relativePositionToAbsolutePosition(doc, binding.type, place, binding.mapping) !== edit.at) return;
  const { type: text, index } = found;
  binding.mux(() =>
    doc.transact((transaction) => {
      transaction.meta.set('addToHistory', sync.addToHistory);
      if ('put' in edit) text.insert(index, edit.put);
      else text.delete(index, edit.taken);
    }, ySyncPluginKey),
  );
}

interface Sync {
  doc: Y.Doc;
  binding: ProsemirrorBinding;
  isChangeOrigin: boolean;
  addToHistory: boolean;
}

/** What was typed or deleted at the caret, if that is all that changed and another place in the text would look the same. */
function editAtCaret(before: Node, { doc, selection }: EditorState): Edit | null {
  const length = doc.content.size - before.content.size;
  if (!selection.empty || length === 0) return null;
  const at = length > 0 ? selection.head - length : selection.head;
  const [longer, shorter] = length > 0 ? [doc, before] : [before, doc];
  const end = at + Math.abs(length);
  if (at < 0 || end > longer.content.size) return null;
  const from = longer.resolve(at);
  if (!from.parent.isTextblock || !from.sameParent(longer.resolve(end))) return null;
  const piece = textIn(longer, at, end);
  if (piece.length !== end - at || textIn(longer, end, Math.min(end + 1, from.end())) !== piece[0]) return null;
  if (!shorter.replace(at, at, longer.slice(at, end)).eq(longer)) return null;
  return length > 0 ? { at, put: piece } : { at, taken: piece.length };
}

function textIn(doc: Node, from: number, to: number): string {
  return from < to ? doc.textBetween(from, to) : '';
}
