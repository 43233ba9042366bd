import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { foundLanguage } from '#core/code/found-language.ts';
import type { CodePiece } from '#lib/code/highlight.ts';
import { codeLanguage, type CodeLanguage } from '#core/code/languages.ts';

/**
 * Longer code stays without colours: 30,000 characters of C take about 130 ms on a slow machine, in which no key is answered. Diffs
 * and logs are told apart line by line, ten times as fast.
 */
const LONGEST = 30_000;
const LONGEST_BY_LINE = 100_000;
const BY_LINE = new Set(['diff', 'log']);

/** Code is coloured anew when nothing was changed for as long, in ms: never between two keys. */
const PAUSE = 150;

type Highlight = (code: string, language: string) => CodePiece[];

const key = new PluginKey<DecorationSet>('codeColours');

/**
 * Colours code by decorations, a moment after it was changed. The grammars are loaded when the note has code; a block that did not
 * change keeps its pieces.
 */
export const CodeColours = Extension.create({
  name: 'codeColours',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply: (tr, before) => (tr.getMeta(key) as DecorationSet | undefined) ?? before.map(tr.mapping, tr.doc),
      },
      props: { decorations: (state) => key.getState(state) },
      view: (view) => new Colouring(view),
    }),
  ],
});

/** The language that a block of code is shown in: the one chosen, else the one it looks like. */
export function shownLanguage(block: Node): CodeLanguage | null {
  const chosen: unknown = block.attrs['language'];
  if (typeof chosen === 'string' && chosen !== '') return codeLanguage(chosen);
  let found = foundIn.get(block);
  if (found === undefined) foundIn.set(block, (found = foundLanguage(block.textContent)));
  return found;
}

// A node never changes: a changed block is another node.
const foundIn = new WeakMap<Node, CodeLanguage | null>();
const piecesOf = new WeakMap<Node, CodePiece[]>();

class Colouring {
  readonly #view: EditorView;
  #highlight: Highlight | null = null;
  #asked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The blocks as they are coloured now, by place. */
  #coloured = new Map<number, Node>();

  constructor(view: EditorView) {
    this.#view = view;
    this.#soon(0);
  }

  update(view: EditorView, before: { doc: Node }): void {
    if (view.state.doc !== before.doc) this.#soon(PAUSE);
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #soon(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#colour(), delay);
  }

  #colour(): void {
    const view = this.#view;
    // What an input method is putting together must not be drawn anew.
    if (view.composing) return this.#soon(PAUSE);
    const blocks = codeBlocks(view.state.doc);
    if (blocks.size > 0 && !this.#highlight) return this.#load();
    if (sameBlocks(blocks, this.#coloured)) return;
    this.#coloured = blocks;
    const decorations = [...blocks].flatMap(([at, block]) => this.#decorations(at, block));
    view.dispatch(view.state.tr.setMeta(key, DecorationSet.create(view.state.doc, decorations)));
  }

  #load(): void {
    if (this.#asked) return;
    this.#asked = true;
    import('#lib/code/highlight.ts').then(
      ({ highlight }) => {
        this.#highlight = highlight;
        if (!this.#view.isDestroyed) this.#soon(0);
      },
      // Code can be read without colours; the next change asks again.
      () => (this.#asked = false),
    );
  }

  #decorations(at: number, block: Node): Decoration[] {
    let pieces = piecesOf.get(block);
    if (!pieces) piecesOf.set(block, (pieces = this.#pieces(block)));
    return pieces.map(({ from, to, look }) => Decoration.inline(at + 1 + from, at + 1 + to, { class: `code-${look}` }));
  }

  #pieces(block: Node): CodePiece[] {
    const language = shownLanguage(block);
    const code = block.textContent;
    if (!language || code.length > (BY_LINE.has(language.id) ? LONGEST_BY_LINE : LONGEST)) return [];
    return this.#highlight?.(code, language.id) ?? [];
  }
}

/** Every block of code by its place; text blocks of other kinds are not looked into. */
function codeBlocks(doc: Node): Map<number, Node> {
  const found = new Map<number, Node>();
  doc.descendants((node, at) => {
    if (node.type.spec.code) found.set(at, node);
    return !node.isTextblock;
  });
  return found;
}

/** Places alone may have moved: the decorations were moved along. */
function sameBlocks(now: Map<number, Node>, before: Map<number, Node>): boolean {
  const old = [...before.values()];
  return now.size === old.length && [...now.values()].every((block, i) => block === old[i]);
}
