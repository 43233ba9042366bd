import * as Y from 'yjs';

/** Whether an update that was not applied yet changes this text, or takes it out. The text is in a document. */
export function touches(update: Uint8Array, text: Y.AbstractType<unknown>): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  const deletes = ({ id, length }: Y.Item): boolean =>
    ds.clients.get(id.client)?.some(({ clock, len }) => clock < id.clock + length && id.clock < clock + len) ?? false;
  if (text._item && deletes(text._item)) return true;
  for (let item = text._start; item; item = item.right) if (!item.deleted && deletes(item)) return true;
  return structs.some((struct) => struct instanceof Y.Item && standsIn(struct, text));
}

/** An item read from an update names its neighbours, or else its parent, by their ids. */
function standsIn({ origin, rightOrigin, parent }: Y.Item, text: Y.AbstractType<unknown>): boolean {
  if (parent instanceof Y.ID) return text._item !== null && Y.compareIDs(parent, text._item.id);
  return [origin, rightOrigin].some((id) => id !== null && parentOf(id, text.doc) === text);
}

/** The type that holds the item with this id; null for one that is not here yet, such as its neighbour in the same update. */
function parentOf({ client, clock }: Y.ID, doc: Y.Doc | null): unknown {
  if (!doc || Y.getState(doc.store, client) <= clock) return null;
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  return item instanceof Y.Item ? item.parent : null;
}
