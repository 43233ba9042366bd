import { Extension, type Editor } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { mount, unmount, untrack } from 'svelte';
import type { Command, EditorContext } from '../command.ts';
import PickMenu from '#lib/ui/PickMenu.svelte';
import { ShownMenu } from '#lib/ui/shown-menu.svelte.ts';
import { readCaret } from '../own-caret.ts';
import { type Entry, MENU_LABELS, type MenuKind, entriesFor } from './entries.ts';

const key = new PluginKey<MenuKind | null>('caretMenu');

/** Opens a menu at the caret without a sign being typed. */
export function openCaretMenu(editor: Editor, kind: MenuKind): boolean {
  editor.view.dispatch(editor.state.tr.setMeta(key, kind).scrollIntoView());
  editor.view.focus();
  return true;
}

interface Options {
  context: EditorContext | null;
  commands: readonly Command[];
}

/**
 * The menu at the caret: `/` blocks, `@` people, `#` topics and sessions. Only typing the sign opens it, never a caret that comes
 * along or a change by others. It closes as soon as nothing matches, and stays closed: `/dev/iommufd` is typed as if there were none.
 */
export const CaretMenu = Extension.create<Options>({
  name: 'caretMenu',
  // Its keys come before the way out and before those of lists.
  priority: 3_000,
  addOptions: () => ({ context: null, commands: [] }),
  addProseMirrorPlugins() {
    const { editor } = this;
    const { context, commands } = this.options;
    if (!context) return [];
    let menu: Menu | null = null;
    return [
      new Plugin<MenuKind | null>({
        key,
        // What the last change asked to be opened.
        state: { init: () => null, apply: (tr) => (tr.getMeta(key) as MenuKind | undefined) ?? null },
        view: (view) => {
          menu = new Menu(view, (kind, query) => entriesFor(kind, query, { editor, context, commands }), editor);
          return menu;
        },
        props: {
          handleDOMEvents: {
            keydown: (_view, event) => menu?.press(event) ?? false,
            blur: () => {
              menu?.close();
              return false;
            },
          },
        },
      }),
    ];
  },
});

/** What is open: the sign, if one was typed, stands at `from`, what was typed behind it goes up to the caret. */
interface Open {
  kind: MenuKind;
  sign: string;
  from: number;
  query: string;
}

class Menu {
  #open: Open | null = null;
  readonly #shown = new ShownMenu<Entry>();
  readonly #id = `caret-menu-${crypto.randomUUID()}`;
  /** Made when it is opened first: most visits need none. */
  #component: object | null = null;
  readonly #view: EditorView;
  readonly #find: (kind: MenuKind, query: string) => Entry[];
  readonly #editor: Editor;

  constructor(view: EditorView, find: (kind: MenuKind, query: string) => Entry[], editor: Editor) {
    this.#view = view;
    this.#find = find;
    this.#editor = editor;
  }

  update(view: EditorView, before: EditorState): void {
    // An effect of the page that tells the editor of something does not depend on what the menu shows.
    untrack(() => this.#follow(view, before));
  }

  #follow({ state, composing, editable }: EditorView, before: EditorState): void {
    const asked = state === before ? null : key.getState(state);
    const { query } = this.#open ?? {};
    if (asked) this.#open = { kind: asked, sign: '', from: state.selection.head, query: '' };
    else if (this.#open) this.#open = followed(this.#open, state, before);
    else if (!composing && editable) this.#open = opened(state, before);
    else return;
    if (this.#open || this.#shown.entries.length > 0) this.#show(!asked && this.#open?.query === query);
  }

  destroy(): void {
    if (this.#component) void unmount(this.#component);
  }

  close(): void {
    this.#open = null;
    this.#show();
  }

  /** Whether the key was the menu's. */
  press(event: KeyboardEvent): boolean {
    if (!this.#open || event.isComposing || this.#view.composing) return false;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    // What was typed just now counts.
    readCaret(this.#view);
    if (!this.#open || !this.#does(event.key)) return false;
    event.preventDefault();
    return true;
  }

  #does(key: string): boolean {
    const count = this.#shown.entries.length;
    if (key === 'ArrowDown') this.#choose((this.#shown.chosen + 1) % count);
    else if (key === 'ArrowUp') this.#choose((this.#shown.chosen + count - 1) % count);
    else if (key === 'Enter' || key === 'Tab') this.#take(this.#shown.chosen);
    else if (key === 'Escape') this.close();
    else return false;
    return true;
  }

  #take(index: number): void {
    const entry = this.#shown.entries[index];
    const open = this.#open;
    this.close();
    if (entry && open) entry.take(this.#editor, open.from, this.#view.state.selection.head);
  }

  #mount(): object {
    return mount(PickMenu, {
      target: this.#view.dom.parentElement?.parentElement ?? document.body,
      props: {
        id: this.#id,
        menu: this.#shown,
        onpick: (index: number) => this.#take(index),
        onmoved: () => this.#place(),
      },
    });
  }

  /** `same`: nothing was typed, so that what was chosen stays so, wherever it stands now. */
  #show(same = false): void {
    const chosen = same ? this.#shown.entries[this.#shown.chosen]?.id : undefined;
    if (this.#open) this.#component ??= this.#mount();
    const found = this.#open ? this.#find(this.#open.kind, this.#open.query) : [];
    if (found.length === 0) this.#open = null;
    this.#shown.entries = found;
    if (this.#open) this.#shown.label = MENU_LABELS[this.#open.kind];
    this.#choose(
      Math.max(
        0,
        found.findIndex(({ id }) => id === chosen),
      ),
    );
    this.#place();
  }

  #choose(index: number): void {
    this.#shown.chosen = index;
    const { dom } = this.#view;
    if (this.#open) {
      dom.setAttribute('aria-controls', this.#id);
      dom.setAttribute('aria-activedescendant', `${this.#id}-${index}`);
    } else {
      dom.removeAttribute('aria-controls');
      dom.removeAttribute('aria-activedescendant');
    }
  }

  #place(): void {
    if (!this.#open) return;
    const { left, top, bottom } = this.#view.coordsAtPos(this.#open.from);
    this.#shown.at = { left, top, bottom };
  }
}

/** Whether the last change was a sign typed at the caret, where a word can begin. */
function opened(state: EditorState, before: EditorState): Open | null {
  const { selection, doc } = state;
  const { $head: $at, head, empty } = selection;
  if (!empty || doc.content.size !== before.doc.content.size + 1 || before.selection.head !== head - 1) return null;
  if ((ySyncPluginKey.getState(state) as { isChangeOrigin: boolean }).isChangeOrigin) return null;
  if ($at.parent.type.spec.code || $at.marks().some(({ type }) => type.name === 'code')) return null;
  const [sign = '', ahead = ' '] = [...textBefore(state)].reverse();
  return (sign === '/' || sign === '@' || sign === '#') && /\s/.test(ahead)
    ? { kind: sign, sign, from: head - 1, query: '' }
    : null;
}

/** The menu after a change: what is typed goes on, a change by others moves it along; null when the caret has left it. */
function followed({ kind, sign, from, query }: Open, state: EditorState, before: EditorState): Open | null {
  const { head, empty, $head } = state.selection;
  const byOthers =
    state.doc !== before.doc && (ySyncPluginKey.getState(state) as { isChangeOrigin: boolean }).isChangeOrigin;
  const start = byOthers ? head - query.length - sign.length : from;
  if (!empty || start < $head.start() || head < start + sign.length) return null;
  const text = textBefore(state).slice(start - $head.start());
  const typed = text.slice(sign.length);
  if (!text.startsWith(sign) || (byOthers && typed !== query) || /^\s|\s\s|\ufffc/.test(typed)) return null;
  return { kind, sign, from: start, query: typed };
}

function textBefore({ selection: { $head } }: EditorState): string {
  return $head.parent.textBetween(0, $head.parentOffset, undefined, '\ufffc');
}
