import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { blockReferences } from '#core/references/block.ts';
import { LOOKS, referenceLook, type ReferenceLook } from '#core/references/note.ts';
import { changeBetween, lookedAgain } from './block-looks.ts';
import { referencesKey, type Shown } from './address-here.ts';

/** ProseMirror reads the end of a composition within 20 ms. */
const AFTER_COMPOSITION_MS = 40;

/**
 * Shows references as links to their canonical addresses, as the server's rendering does; the text stays as it is. Only blocks that
 * changed are looked at again, and none while an input method composes: what is drawn anew would end it.
 */
export const References = Extension.create({
  name: 'references',
  addProseMirrorPlugins() {
    let view: EditorView | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lookSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => view && !view.composing && view.dispatch(view.state.tr), AFTER_COMPOSITION_MS);
    };
    return [
      new Plugin<Shown>({
        key: referencesKey,
        state: {
          init: (_config, { doc }) => ({
            looked: doc,
            set: DecorationSet.create(doc, looksIn(doc, 0, doc.content.size)),
          }),
          apply: ({ doc }, shown, { doc: before }) => {
            const moved = doc === before ? shown : { ...shown, set: movedAlong(shown.set, before, doc) };
            return view?.composing ? moved : lookedAt(moved, doc);
          },
        },
        props: {
          decorations: (state) => referencesKey.getState(state)?.set,
          handleDOMEvents: { compositionend: () => void lookSoon() },
        },
        view: (made) => {
          view = made;
          return {
            destroy: () => {
              clearTimeout(timer);
              view = null;
            },
          };
        },
      }),
    ];
  },
});

function movedAlong(set: DecorationSet, before: Node, doc: Node): DecorationSet {
  const change = changeBetween(before, doc);
  return change ? set.map(change.mapping, doc) : set;
}

function lookedAt({ looked, set }: Shown, doc: Node): Shown {
  const change = looked === doc ? null : changeBetween(looked, doc);
  return { looked: doc, set: change ? lookedAgain(set, doc, change, looksIn) : set };
}

type Look = ReferenceLook & { from: number; to: number };

// A node never changes: a changed block is another node.
const looksOf = new WeakMap<Node, Look[]>();

function looksIn(doc: Node, from: number, to: number): Decoration[] {
  const made: Decoration[] = [];
  doc.nodesBetween(from, to, (node, at) => {
    if (!node.isTextblock) return true;
    if (node.type.spec.code) return false;
    let looks = looksOf.get(node);
    if (!looks) looksOf.set(node, (looks = looksOfBlock(node)));
    for (const look of looks) made.push(decoration(look, at + 1));
    return false;
  });
  return made;
}

function looksOfBlock(block: Node): Look[] {
  const pieces = block.children.map(({ text, type, marks }) => ({
    text: text ?? (type.name === 'hardBreak' ? '\n' : '\ufffc'),
    code: marks.some((mark) => mark.type.name === 'code'),
    link: marks.some((mark) => mark.type.name === 'link'),
  }));
  return blockReferences(pieces).flatMap((reference) => {
    const look = referenceLook(reference);
    return look ? [{ ...look, from: reference.from, to: reference.to }] : [];
  });
}

function decoration(look: Look, start: number): Decoration {
  const { from, to, href, title } = look;
  const link = href === null ? {} : { nodeName: 'a', href, rel: 'noopener' };
  return Decoration.inline(start + from, start + to, { class: LOOKS[look.look], title, ...link }, look);
}
