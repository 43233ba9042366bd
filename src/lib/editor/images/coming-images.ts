import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { ImageLine } from './image-line.ts';

/** An image on its way: where it will stand, and the line that stands there until then. */
interface Coming {
  id: number;
  line: ImageLine;
  pos: number;
}

type Change = { add: Coming } | { drop: number };

const key = new PluginKey<readonly Coming[]>('comingImages');

/**
 * Keeps the place of each image that is on its way while the note changes around it. The line there is a decoration: it is in
 * no one's note, not even in one's own.
 */
export function comingImages(): Plugin {
  return new Plugin<readonly Coming[]>({
    key,
    state: {
      init: () => [],
      apply(tr, before) {
        const change = tr.getMeta(key) as Change | undefined;
        const coming = tr.docChanged ? before.map((one) => moved(one, tr, change)) : before;
        if (!change) return coming;
        return 'add' in change ? [...coming, change.add] : coming.filter(({ id }) => id !== change.drop);
      },
    },
    props: {
      decorations: (state) => lines(state.doc, key.getState(state) ?? []),
    },
  });
}

export function addComing(view: EditorView, coming: Coming): void {
  view.dispatch(view.state.tr.setMeta(key, { add: coming } satisfies Change));
}

/** Where the image stands now; null when it is no longer on its way. */
export function placeOf(state: EditorState, id: number): number | null {
  return key.getState(state)?.find((one) => one.id === id)?.pos ?? null;
}

export function dropComing(tr: Transaction, id: number): Transaction {
  return tr.setMeta(key, { drop: id } satisfies Change);
}

/** Of several that wait at one place, those behind the one that is put there go behind it. */
function moved(one: Coming, tr: Transaction, change: Change | undefined): Coming {
  const stays = change !== undefined && 'drop' in change && one.id < change.drop;
  return { ...one, pos: tr.mapping.map(one.pos, stays ? -1 : 1) };
}

function lines(doc: Node, coming: readonly Coming[]): DecorationSet {
  return DecorationSet.create(
    doc,
    coming.map(({ id, line, pos }) =>
      Decoration.widget(pos, () => line.dom, {
        key: `image ${id}`,
        side: -1,
        stopEvent: () => true,
        ignoreSelection: true,
      }),
    ),
  );
}
