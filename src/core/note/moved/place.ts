import * as Y from 'yjs';
import { charactersOf } from './characters.ts';
import { Moves } from './moves.ts';

/** A place in a text of the note: so many UTF-16 units stand before it. */
export interface Place {
  text: Y.XmlText;
  index: number;
}

/**
 * Where a place in a text that was taken out is now: behind the nearest character before it that went along, else before the
 * nearest one after it. null when the text went nowhere.
 */
export function placeNow(old: Y.ID, characters: readonly { id: Y.ID }[], at: number, moves: Moves): Place | null {
  const beside = (id: Y.ID | undefined, side: 'before' | 'behind'): Place | null => {
    const now = id && moves.characterNow(old, id);
    const index = now ? indexOf(now.text, now.character, side) : null;
    return now && index !== null ? { text: now.text, index } : null;
  };
  let found: Place | null = null;
  for (let i = at - 1; i >= 0 && !found; i--) found = beside(characters[i]?.id, 'behind');
  for (let i = at; i < characters.length && !found; i++) found = beside(characters[i]?.id, 'before');
  if (found) return found;
  const text = moves.textNow(old);
  return text && { text, index: 0 };
}

/** The same for a place that Yjs noted down, while the change that took the text out is told of. */
export function notedPlaceNow(noted: Y.RelativePosition, doc: Y.Doc): Y.RelativePosition | null {
  const id = noted.item ?? noted.type;
  const item = id && Y.getItem(doc.store, id);
  if (!(item instanceof Y.Item)) return null;
  const text = noted.item ? item.parent : item.content instanceof Y.ContentType && item.content.type;
  if (!(text instanceof Y.XmlText) || !text._item) return null;
  const characters = charactersOf(text, { counts: () => false, gone: () => false });
  const at = characters.findIndex((each) => noted.item !== null && Y.compareIDs(each.id, noted.item)) + 1;
  const now = placeNow(text._item.id, characters, at, new Moves(doc));
  return now && Y.createRelativePositionFromTypeIndex(now.text, now.index, -1);
}

/** How many characters of the text stand before this one, or before and with it; null when it never was in it. */
export function indexOf(text: Y.XmlText, { client, clock }: Y.ID, side: 'before' | 'behind'): number | null {
  let index = 0;
  for (let item = text._start; item; item = item.right) {
    const counts = item.countable && !item.deleted;
    const { id, length } = item;
    if (id.client === client && id.clock <= clock && clock < id.clock + length)
      return counts ? index + clock - id.clock + (side === 'behind' ? 1 : 0) : index;
    if (counts) index += length;
  }
  return null;
}
