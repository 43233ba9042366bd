import type { EditorView } from '@tiptap/pm/view';
import { absolutePositionToRelativePosition, type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { readCaret } from './own-caret.ts';
import { touches } from './touches.ts';

/** A composition nobody goes on with, or a button held this long, is no reason to wait: what was composed is in the text already. */
const AT_MOST_MS = 10_000;
/** ProseMirror reads the end of a composition within 20 ms. */
const AFTER_COMPOSITION_MS = 40;

/**
 * Says when text of others may come into the note. While an input method composes, what others write in the same text waits: to
 * draw it would end the composition. While a mouse button is down everything waits: it would be under another word when it is let
 * go. What else others write is shown at once.
 */
export class OwnTurn {
  readonly #view: EditorView;
  readonly #goOn: () => void;
  readonly #stop = new AbortController();
  #pressed = false;
  #timer = 0;
  #until = 0;

  /** @param goOn is called when what was not let through may be asked for again */
  constructor(view: EditorView, goOn: () => void) {
    this.#view = view;
    this.#goOn = goOn;
    const { signal } = this.#stop;
    view.dom.addEventListener('pointerdown', () => this.#press(), { signal });
    for (const end of ['pointerup', 'pointercancel', 'blur'])
      addEventListener(end, () => this.#release(), { signal, capture: true });
    for (const kind of ['compositionstart', 'compositionupdate'])
      view.dom.addEventListener(kind, () => this.#wait(AT_MOST_MS), { signal });
    view.dom.addEventListener('compositionend', () => this.#again(AFTER_COMPOSITION_MS), { signal });
  }

  end(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  /** Whether this update may be applied now. What was done in the page until now is read first. */
  readonly lets = (update: Uint8Array): boolean => {
    if (performance.now() < this.#until && this.#inTheWay(update)) return false;
    readCaret(this.#view);
    return true;
  };

  #inTheWay(update: Uint8Array): boolean {
    if (this.#pressed) return true;
    if (!this.#view.composing) return false;
    const text = textAtCaret(this.#view);
    return text === null || touches(update, text);
  }

  #press(): void {
    this.#pressed = true;
    this.#wait(AT_MOST_MS);
  }

  /** The page hears of the caret after it hears of the button. */
  #release(): void {
    if (!this.#pressed) return;
    this.#pressed = false;
    this.#again(0);
  }

  #wait(ms: number): void {
    this.#until = performance.now() + ms;
    this.#again(ms);
  }

  #again(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.#goOn, ms);
  }
}

/** The Yjs type that holds the text at the caret. */
function textAtCaret(view: EditorView): Y.AbstractType<unknown> | null {
  const { doc, binding } = ySyncPluginKey.getState(view.state) as { doc: Y.Doc; binding: ProsemirrorBinding };
  const place: unknown = absolutePositionToRelativePosition(view.state.selection.head, binding.type, binding.mapping);
  return Y.createAbsolutePositionFromRelativePosition(place as Y.RelativePosition, doc)?.type ?? null;
}
