import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { tablePlace } from './table-place.ts';

/**
 * What is deleted, typed over or pasted across the cells of a table changes their text and leaves their number: without this the
 * rows in between would go, and two cells become one.
 */
export const TableGuard = Extension.create({
  name: 'tableGuard',
  priority: 160,
  addKeyboardShortcuts() {
    const clear = () => clearCells(this.editor.view);
    return { Backspace: clear, Delete: clear, 'Mod-Backspace': clear, 'Mod-Delete': clear };
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleTextInput: (view, _from, _to, text) => {
          if (!clearCells(view)) return false;
          view.dispatch(view.state.tr.insertText(text));
          return true;
        },
        // What is pasted is put in by who reads it; here the cells it replaces are emptied.
        handlePaste: (view) => {
          clearCells(view);
          return false;
        },
        handleDOMEvents: {
          cut: cutCells,
        },
      },
    }),
  ],
});

/** Empties what is selected when that begins or ends in a cell and reaches beyond it. False when it does not. */
function clearCells(view: EditorView): boolean {
  const { state } = view;
  const { selection } = state;
  if (!(selection instanceof TextSelection) || !acrossCells(state)) return false;
  const { from, to } = selection;
  const { tr } = state;
  for (const [start, end] of piecesIn(state.doc, from, to).reverse()) tr.delete(start, end);
  view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(from))).scrollIntoView());
  return true;
}

function cutCells(view: EditorView, event: ClipboardEvent): boolean {
  const { clipboardData } = event;
  if (!clipboardData || !acrossCells(view.state)) return false;
  const { dom, text } = view.serializeForClipboard(view.state.selection.content());
  clipboardData.setData('text/html', dom.innerHTML);
  clipboardData.setData('text/plain', text);
  event.preventDefault();
  return clearCells(view);
}

function acrossCells({ selection: { $from, $to } }: EditorState): boolean {
  return !$from.sameParent($to) && (tablePlace($from) !== null || tablePlace($to) !== null);
}

/** What there is to delete between two places: text in cells and in blocks that stay, and whole blocks in between. */
function piecesIn(doc: Node, from: number, to: number): [number, number][] {
  const pieces: [number, number][] = [];
  doc.nodesBetween(from, to, (node, at, parent) => {
    const end = at + node.nodeSize;
    if (node.isTextblock) {
      const text: [number, number] = [Math.max(from, at + 1), Math.min(to, end - 1)];
      if (text[0] < text[1]) pieces.push(text);
      return false;
    }
    const whole = from <= at && end <= to && node.type.name !== 'tableRow' && parent !== null;
    if (whole) pieces.push([at, end]);
    return !whole;
  });
  return pieces;
}
