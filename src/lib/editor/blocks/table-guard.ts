import { Extension } from '@tiptap/core';
import type { Slice } from '@tiptap/pm/model';
import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import { type EditorState, Plugin, TextSelection, type Transaction } from '@tiptap/pm/state';
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
        handlePaste: (view, _event, slice) => {
          clearCells(view);
          return pasteIntoCell(view, slice);
        },
        handleDOMEvents: {
          cut: cutCells,
        },
      },
    }),
  ],
});

/** Empties what is selected when that begins or ends in a cell and reaches beyond it. False when it does not. */
export function clearCells(view: EditorView): boolean {
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

/** Blocks that are pasted into a cell become lines of it; a table cannot stand in a table. */
function pasteIntoCell(view: EditorView, slice: Slice): boolean {
  const { state } = view;
  const { $from, $to } = state.selection;
  if (!tablePlace($from) || !$from.sameParent($to)) return false;
  const lines = linesOf(slice.content);
  if (lines.length === 0) return false;
  const content = joined(lines, state.schema);
  const tr = state.tr.replaceWith($from.pos, $to.pos, content);
  const after = $from.pos + content.size;
  view.dispatch(pasted(tr.setSelection(TextSelection.create(tr.doc, after))));
  return true;
}

const pasted = (tr: Transaction) => tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste');

function linesOf(content: Fragment): Fragment[] {
  const lines: Fragment[] = [];
  const inline: Node[] = [];
  content.descendants((node, _at, parent) => {
    if (node.isTextblock) lines.push(lineOf(node));
    else if (node.isInline && !parent) inline.push(node);
    return !node.isTextblock;
  });
  if (inline.length > 0) lines.unshift(Fragment.from(inline));
  return lines;
}

/** Line ends within code are lines of the cell too. */
function lineOf(block: Node): Fragment {
  const hardBreak = block.type.schema.nodes['hardBreak'];
  if (!block.type.spec.code || !hardBreak) return block.content;
  const lines = block.textContent.split('\n');
  return Fragment.from(
    lines.flatMap((line, i) => [
      ...(i > 0 ? [hardBreak.create()] : []),
      ...(line === '' ? [] : [block.type.schema.text(line)]),
    ]),
  );
}

function joined(lines: Fragment[], schema: Schema): Fragment {
  const hardBreak = schema.nodes['hardBreak'];
  return lines.reduce((all, line) => (hardBreak ? all.addToEnd(hardBreak.create()).append(line) : all.append(line)));
}
