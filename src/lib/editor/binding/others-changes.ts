import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import {
  absolutePositionToRelativePosition,
  findAbsolutePositionAfterStructuralChange,
  type ProsemirrorBinding,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { notedPlaceNow } from '#core/note/moved/place.ts';
import { DrawnNodes } from './drawn-nodes.ts';
import { becomes } from './smallest-steps.ts';
import { stands } from './stands.ts';

/**
 * Brings what others write into the editor, in place of the binding's own way: that builds the whole document anew at each change
 * and deletes for everyone what it cannot build. Here a change redraws the blocks it changes, the view is never scrolled, and the
 * caret stays beside the character it stands behind. The binding goes on to write what is typed here.
 *
 * Needs `ySyncOptions: { mapping: new Map() }`, with which the binding leaves the first drawing to others.
 */
export const OthersChanges = Extension.create({
  name: 'othersChanges',
  // Right after the binding, which has 1000: what else looks at the first document should find the note in it.
  priority: 998,
  addProseMirrorPlugins: () => [new Plugin({ view: (view) => new Reader(view) })],
});

/** Where an end of the selection was: by the character before it, and by number in the document as it was. */
interface Kept {
  by: Y.RelativePosition | null;
  at: number;
}

class Reader {
  readonly #view: EditorView;
  readonly #binding: ProsemirrorBinding;
  readonly #nodes: DrawnNodes;
  readonly #write: ProsemirrorBinding['_prosemirrorChanged'];
  readonly #theirs: Pick<ProsemirrorBinding, '_observeFunction' | 'beforeAllTransactions'>;
  /** The document that says what the note says. */
  #same: Node | null = null;
  #kept: { state: EditorState; anchor: Kept; head: Kept } | null = null;

  constructor(view: EditorView) {
    const { binding } = ySyncPluginKey.getState(view.state) as { binding: ProsemirrorBinding };
    const { type, doc, _observeFunction, beforeAllTransactions } = binding;
    this.#view = view;
    this.#binding = binding;
    this.#nodes = new DrawnNodes(view.state.schema, binding.mapping);
    this.#theirs = { _observeFunction, beforeAllTransactions };
    this.#write = binding._prosemirrorChanged.bind(binding);
    type.unobserveDeep(_observeFunction as () => void);
    doc.off('beforeAllTransactions', beforeAllTransactions);
    type.observeDeep(this.#changed);
    doc.on('beforeAllTransactions', this.#keep);
    binding._prosemirrorChanged = this.#writeChanged;
    binding.mux(() => this.#draw(null));
  }

  destroy(): void {
    const { type, doc } = this.#binding;
    type.unobserveDeep(this.#changed);
    doc.off('beforeAllTransactions', this.#keep);
    // The binding goes after us, and takes its own off.
    type.observeDeep(this.#theirs._observeFunction as () => void);
    doc.on('beforeAllTransactions', this.#theirs.beforeAllTransactions);
    this.#binding._prosemirrorChanged = this.#write;
  }

  readonly #keep = (): void => {
    const { state } = this.#view;
    const { anchor, head } = state.selection;
    this.#kept = { state, anchor: this.#place(anchor), head: this.#place(head) };
  };

  readonly #writeChanged = (doc: Node): void => {
    if (doc === this.#same) return;
    this.#write(doc);
    this.#nodes.pair(this.#binding.type, doc);
    this.#same = doc;
  };

  readonly #changed = (_events: unknown, transaction: Y.Transaction): void => {
    this.#binding.mux(() => {
      // What was put in again for this change is in the note already, in a transaction that is told of later.
      for (const each of transaction.doc._transactionCleanups) this.#nodes.forget(each);
      this.#draw(transaction.origin);
    });
  };

  /** Makes the editor show what the note says. */
  #draw(origin: unknown): void {
    const { state } = this.#view;
    const note = this.#nodes.read(this.#binding.type);
    const tr = state.tr.setMeta('addToHistory', false);
    becomes(tr, note);
    this.#nodes.pair(this.#binding.type, tr.doc);
    this.#same = tr.doc;
    if (!tr.docChanged) return;
    const undone = origin instanceof Y.UndoManager;
    this.#keepSelection(tr, state);
    // What was switched on for the next character is meant for the next one typed here.
    if (!undone) tr.setStoredMarks(state.storedMarks);
    this.#view.dispatch(tr.setMeta(ySyncPluginKey, { isChangeOrigin: true, isUndoRedoOperation: undone }));
  }

  #keepSelection(tr: Transaction, { selection, doc }: EditorState): void {
    // Other selections stay with the blocks they hold.
    if (!(selection instanceof TextSelection) || this.#kept?.state.selection !== selection) return;
    const { anchor, head } = this.#kept;
    const [from, to] = [anchor, head].map((kept) => this.#now(kept, tr, doc)) as [number, number];
    if (from !== tr.selection.anchor || to !== tr.selection.head)
      tr.setSelection(TextSelection.between(tr.doc.resolve(from), tr.doc.resolve(to)));
  }

  /**
   * The character decides while it is there, or its copy when the block was moved or became another kind. Where nobody noted
   * down what went where, the block is looked for by its text.
   */
  #now({ by, at }: Kept, tr: Transaction, before: Node): number {
    const { doc, type, mapping } = this.#binding;
    const now = by && !stands(by, doc) ? notedPlaceNow(by, doc) : by;
    const found = stands(now, doc)
      ? (relativePositionToAbsolutePosition(doc, type, now, mapping) ?? noteStart(now, doc, type))
      : findAbsolutePositionAfterStructuralChange(before, tr.doc, at);
    return found !== null && found <= tr.doc.content.size ? found : tr.mapping.map(at, -1);
  }

  #place(at: number): Kept {
    const { type, mapping } = this.#binding;
    try {
      return { at, by: absolutePositionToRelativePosition(at, type, mapping) as Y.RelativePosition | null };
    } catch {
      // Content that no editor writes: the number has to do.
      return { at, by: null };
    }
  }
}

/** The binding takes the very first place of a note for a mistake. */
function noteStart(place: Y.RelativePosition | null, doc: Y.Doc, note: Y.XmlFragment): number | null {
  const found = place && Y.createAbsolutePositionFromRelativePosition(place, doc);
  return found?.type instanceof Y.XmlText && found.index === 0 && found.type.parent === note.get(0) ? 1 : null;
}
