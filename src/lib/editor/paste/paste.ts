import { Extension } from '@tiptap/core';
import type { Slice } from '@tiptap/pm/model';
import { Plugin, Selection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { becomes } from '../binding/smallest-steps.ts';
import { endUndoStep } from '../typing/guess.ts';
import { goBelowCode } from './below-code.ts';
import { isOurs } from './copy.ts';
import { linkWords } from './link-words.ts';
import { withoutStyle } from './pasted-html.ts';
import { paragraphs } from './lines.ts';
import { asLines, sliceOf, takesTextAlone, withoutAnchors } from './slices.ts';
import { asOthers, rememberCut } from './outcomes.ts';
import { plainText, withoutOuterBlank } from './plain-text.ts';

/** Characters; more is pasted as it is. */
const MOST = 2_000_000;

export interface PasteOptions {
  /** Tells the person what was not done, and why. */
  say: (words: string) => void;
  /** Names of the people of the event. */
  people: () => readonly string[];
}

/**
 * Pasting: what was copied from a note as it was there, all else read for what it is. Code is pasted into code as it is, and
 * everywhere with Ctrl+Shift+V. What was guessed of a text is a step of its own: undo gives the text. What is dropped from another
 * window is taken in alike.
 */
export const Paste = Extension.create<PasteOptions>({
  name: 'paste-of-notes',
  addOptions: () => ({ say: () => undefined, people: () => [] }),
  addProseMirrorPlugins() {
    const { say, people } = this.options;
    return [
      new Plugin({
        props: {
          transformPasted: (slice, view) => {
            if (!pasting.has(view)) return slice;
            const copy = asOthers(withoutAnchors(slice), view, people());
            return takesTextAlone(view.state.selection.$from) ? asLines(copy, view.state.schema) : copy;
          },
          handleDOMEvents: {
            drop: (view, event) => dropped(view, event, { say, people }),
            cut: (view) => {
              rememberCut(view);
              return false;
            },
            paste: (view, event) => pasted(view, event, { say, people }),
            // The next key may be V: what reads other programs' text is not part of the editor's first load.
            keydown: (_view, { key }) => {
              if (key === 'Control' || key === 'Meta') void reader().catch(() => undefined);
              return false;
            },
          },
        },
      }),
    ];
  },
});

/** Views that paste just now: what is dragged is the same block at another place, and keeps its anchor. */
const pasting = new WeakSet<EditorView>();

const reader = () => import('./reader.ts');

/** True when the event is taken care of. */
function pasted(view: EditorView, event: ClipboardEvent, options: PasteOptions): boolean {
  const { clipboardData: data } = event;
  if (!data || !view.editable || view.composing) return false;
  const text = data.getData('text/plain');
  const html = data.getData('text/html');
  // Files alone, or an image with the address it has elsewhere, are for whoever takes files.
  if (!text && (!html || data.files.length > 0)) return false;
  event.preventDefault();
  if (view.state.selection.$from.parent.type.spec.code) return insertCode(view, text);
  if (linkWords(view, text)) return true;
  const plain = plainSlice(view, text);
  // Who takes files would take the picture of itself that a word processor adds.
  if (data.files.length === 0 && view.someProp('handlePaste', (handle) => handle(view, event, plain))) return true;
  if (isShifted(view)) return insert(view, plain);
  return takeIn(view, { text, html, plain }, options);
}

/** True when the event is taken care of: not what is moved within the note, nor files. */
function dropped(view: EditorView, event: DragEvent, options: PasteOptions): boolean {
  const { dataTransfer: data } = event;
  if (!data || !view.editable || view.composing || view.dragging || data.files.length > 0) return false;
  const text = data.getData('text/plain');
  const html = data.getData('text/html');
  const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (!place || (!text && !html)) return false;
  event.preventDefault();
  const { state } = view;
  view.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(place.pos))));
  view.focus();
  if (view.state.selection.$from.parent.type.spec.code) return insertCode(view, text);
  return takeIn(view, { text, html, plain: plainSlice(view, text) }, options);
}

interface Given {
  text: string;
  html: string;
  /** The text as it is. */
  plain: Slice;
}

/** Puts in what another program gave, or one of our notes. */
function takeIn(view: EditorView, { text, html, plain }: Given, { say, people }: PasteOptions): true {
  if (isOurs(html)) return insertHtml(view, withoutStyle(html));
  if (text.length > MOST) {
    say('That is more than 2 MB. It was pasted as plain text.');
    return insert(view, plain);
  }
  void reader().then(
    ({ markPasted, readHtml, readText }) => {
      if (view.isDestroyed) return;
      const before = view.state;
      const read = readHtml(html, text, MOST);
      if (read.kind === 'too deep') say('That is nested too deeply. It was pasted as plain text.');
      if (read.kind === 'html') insertForeignHtml(view, read.html);
      else insertText(view, text, read.kind === 'text' ? readText(text) : null, people());
      const timed = read.kind !== 'html';
      if (read.kind !== 'too deep' && !takesTextAlone(before.selection.$from))
        markPasted(view, before, { people: people(), timed });
    },
    () => view.isDestroyed || insert(view, plain),
  );
  return true;
}

function plainSlice({ state }: EditorView, text: string): Slice {
  return sliceOf(paragraphs(withoutOuterBlank(plainText(text)), false), state.schema, state.selection.$from);
}

/** Whether Shift is down, which is how a browser says that the characters alone are wanted. */
function isShifted(view: EditorView): boolean {
  const { shiftKey, lastKeyCode } = (view as unknown as { input: { shiftKey: boolean; lastKeyCode: number | null } })
    .input;
  // Shift+Insert is a paste like any other.
  return shiftKey && lastKeyCode !== 45;
}

/** The editor's own paste, with what its plugins make of the slice. No event: those who take files were asked. */
function insertHtml(view: EditorView, html: string): true {
  pasting.add(view);
  try {
    view.pasteHTML(html, new ClipboardEvent('paste'));
  } finally {
    pasting.delete(view);
  }
  return true;
}

function insertForeignHtml(view: EditorView, html: string): void {
  const before = view.state;
  insertHtml(view, html);
  const below = goBelowCode(before, view.state.tr);
  if (below.selectionSet) view.dispatch(below.scrollIntoView());
}

function insertCode(view: EditorView, text: string): true {
  const code = text.toWellFormed().replace(/\r\n?/g, '\n');
  if (code) view.dispatch(view.state.tr.insertText(code).scrollIntoView().setMeta('uiEvent', 'paste'));
  return true;
}

function insert(view: EditorView, slice: Slice): true {
  const { tr, schema, selection } = view.state;
  const fitting = takesTextAlone(selection.$from) ? asLines(slice, schema) : slice;
  const only = fitting.openStart === 0 && fitting.openEnd === 0 && fitting.content.childCount === 1;
  if (only && fitting.content.firstChild) tr.replaceSelectionWith(fitting.content.firstChild, false);
  else tr.replaceSelection(fitting);
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
  return true;
}

type Read = ReturnType<Awaited<ReturnType<typeof reader>>['readText']>;

/** One outcome among other words is words. */
function isInSentence({ content }: Read, { $from, empty }: Selection): boolean {
  return empty && $from.parent.content.size > 0 && content.length === 1 && content[0]?.type === 'outcome';
}

/** The text as it is, and then as what it was read for. */
function insertText(view: EditorView, text: string, read: Read | null, people: readonly string[]): void {
  const { schema, selection } = view.state;
  const lines = paragraphs(withoutOuterBlank(plainText(text)), true);
  const before = view.state;
  if (read?.guess && (takesTextAlone(selection.$from) || isInSentence(read, selection)))
    read = { ...read, guess: null };
  endUndoStep(before);
  insert(view, sliceOf(lines, schema, selection.$from));
  if (!read?.guess) return;
  endUndoStep(view.state);
  const { tr } = view.state;
  // Back to where it was and from there to what it becomes, in one change: nobody sees the step between.
  // What stands beside the pasted text is not touched: carets of others and images that are on their way keep their places.
  becomes(tr, before.doc.content);
  tr.setSelection(Selection.fromJSON(tr.doc, before.selection.toJSON() as object));
  const slice = sliceOf(read.content, schema, selection.$from);
  tr.replaceSelection(asOthers(slice, view, people));
  goBelowCode(before, tr);
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
  endUndoStep(view.state);
}
