import * as Y from 'yjs';

/** Whether the text that the place is in is still in the note. Of a deleted character Yjs knows where it stood. */
export function stands(place: Y.RelativePosition | null, doc: Y.Doc): boolean {
  const id = place?.item ?? place?.type;
  if (!id) return place?.tname != null;
  const item = Y.getItem(doc.store, id);
  if (!(item instanceof Y.Item) || isTakenOut(item)) return false;
  return !(item.deleted && item.content instanceof Y.ContentType);
}

/** Whether something around the item was deleted: what is inside goes with it. */
function isTakenOut({ parent }: Y.Item): boolean {
  const around = parent instanceof Y.AbstractType ? parent._item : null;
  return around !== null && (around.deleted || isTakenOut(around));
}
