import type { EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey, yUndoPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { Joined } from '#core/note/moved/join-doubles.ts';

/** Undoing a move whose copy was joined with somebody else's must not bring the block back beside it. */
export function forgetJoined({ state }: EditorView): { destroy(): void } {
  const { doc } = ySyncPluginKey.getState(state) as { doc: Y.Doc };
  const { undoManager } = yUndoPluginKey.getState(state) as { undoManager: Y.UndoManager };
  const forget = ({ origin }: Y.Transaction): void => {
    if (!(origin instanceof Joined)) return;
    const blocks = origin.texts.flatMap((text) => blockOf(text, doc) ?? []);
    for (const { deletions } of [...undoManager.undoStack, ...undoManager.redoStack])
      for (const block of blocks) leaveOut(block, deletions.clients);
  };
  doc.on('afterTransaction', forget);
  return { destroy: () => doc.off('afterTransaction', forget) };
}

/** The largest block that was taken out with this text and held nothing else. */
function blockOf(text: Y.ID, { store }: Y.Doc): Y.ID | null {
  let item: unknown = Y.getItem(store, text);
  let block: Y.ID | null = null;
  while (item instanceof Y.Item && item.deleted && item.parent instanceof Y.AbstractType) {
    block = item.id;
    if (item.left ?? item.right) break;
    item = item.parent._item;
  }
  return block;
}

type Ranges = Y.UndoManager['undoStack'][number]['deletions']['clients'];

function leaveOut({ client, clock }: Y.ID, clients: Ranges): void {
  const ranges = clients.get(client) ?? [];
  const cut = ranges.flatMap((range) => {
    const end = range.clock + range.len;
    if (clock < range.clock || end <= clock) return [range];
    const parts = [
      { clock: range.clock, len: clock - range.clock },
      { clock: clock + 1, len: end - clock - 1 },
    ];
    return parts.filter(({ len }) => len > 0);
  });
  if (ranges.length > 0) clients.set(client, cut);
}
