import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';
import { type CaretState, type CaretUser, caretElement, caretSelection } from './carets.ts';

/** Where names stand above the text they are seen this long after a move. */
const JUST_MOVED_MS = 2_000;
/** A caret that has not moved for this long becomes a quiet line. */
const STILL_AFTER_MS = 10_000;

/** The carets and selections of others. Name and colour are the server's to say: our own is sent without them. */
export const OthersCarets = Extension.create<{ awareness: Awareness | null }>({
  name: 'othersCarets',
  priority: 999,
  addOptions: () => ({ awareness: null }),
  addProseMirrorPlugins() {
    const { awareness } = this.options;
    if (!awareness) return [];
    const moves = new CaretMoves(awareness);
    return [
      yCursorPlugin(awareness, {
        cursorBuilder: (user: CaretUser, client: number) => caretElement(user, client, moves.stateOf(client)),
        selectionBuilder: caretSelection,
      }) as Plugin,
      new Plugin({ view: (view) => moves.watch(view) }),
    ];
  },
});

interface Changed {
  added: number[];
  updated: number[];
  removed: number[];
}

/** How long ago each caret was moved by whose it is; text that pushes it along is no move. */
class CaretMoves {
  readonly #awareness: Awareness;
  readonly #known = new Map<number, { place: string; state: CaretState; timers: number[] }>();

  constructor(awareness: Awareness) {
    this.#awareness = awareness;
  }

  stateOf(client: number): CaretState {
    return this.#known.get(client)?.state ?? 'moved';
  }

  watch(view: EditorView): { destroy(): void } {
    const changed = ({ added, updated, removed }: Changed): void => {
      for (const client of removed) this.#forget(client);
      for (const client of [...added, ...updated]) this.#look(client, view);
    };
    this.#awareness.on('change', changed);
    for (const client of this.#awareness.getStates().keys()) this.#look(client, view);
    return {
      destroy: () => {
        this.#awareness.off('change', changed);
        for (const client of [...this.#known.keys()]) this.#forget(client);
      },
    };
  }

  #look(client: number, view: EditorView): void {
    const place = JSON.stringify(this.#awareness.getStates().get(client)?.['cursor'] ?? null);
    if (this.#known.get(client)?.place === place) return;
    this.#forget(client);
    const become = (state: CaretState): void => {
      const known = this.#known.get(client);
      if (known) known.state = state;
      for (const caret of view.dom.querySelectorAll<HTMLElement>(`.caret[data-client="${client}"]`))
        caret.dataset['state'] = state;
    };
    const timers = [
      window.setTimeout(become, JUST_MOVED_MS, 'named'),
      window.setTimeout(become, STILL_AFTER_MS, 'still'),
    ];
    this.#known.set(client, { place, state: 'moved', timers });
    become('moved');
  }

  #forget(client: number): void {
    this.#known.get(client)?.timers.forEach(clearTimeout);
    this.#known.delete(client);
  }
}
