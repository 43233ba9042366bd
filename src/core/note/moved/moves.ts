import * as Y from 'yjs';
import { before, isNew, type View } from './characters.ts';
import { decoded, encoded, keyOf, type Move, textOfKey } from './move.ts';

/**
 * Name of the Y.Map that says where the text of blocks went that were moved or became another kind: in Yjs such a block is taken
 * out and another put in. Nothing of it is needed to read the note.
 */
const MOVES = 'moved';

/** Two moves of one text at once: one noted down here, and one by somebody else that the transaction brought. */
export interface Collision {
  text: Y.ID;
  ours: Move;
  theirs: Move;
  /** The item of our note. */
  noted: Y.ID;
}

/** The moves of a note. Anyone may have written anything in there: what is no move is none. */
export class Moves {
  readonly #doc: Y.Doc;
  readonly #map: Y.Map<unknown>;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#map = doc.getMap(MOVES);
  }

  /** Where the text went when it was taken out: with its block, or else to another text of it. */
  of(text: Y.ID): Move | null {
    return decoded(this.#map.get(keyOf(text))) ?? decoded(this.#map.get(`${keyOf(text)}/`));
  }

  /** Where what `client` had written in the text, and had not arrived when it was taken out, was put in again. */
  rescuedOf(text: Y.ID, client: number): Move | null {
    return decoded(this.#map.get(`${keyOf(text)}/${client}`));
  }

  write(text: Y.ID, move: Move): void {
    this.#map.set(keyOf(text), encoded(move));
  }

  /** The block stayed: only its text is another one now. A move of the block by someone else is worth more. */
  writeWithin(text: Y.ID, move: Move): void {
    this.#map.set(`${keyOf(text)}/`, encoded(move));
  }

  writeRescued(text: Y.ID, client: number, move: Move): void {
    this.#map.set(`${keyOf(text)}/${client}`, encoded(move));
  }

  /** Moves by these clients that met others: whichever of two notes counts, the other one can be read until the transaction ends. */
  collisions(transaction: Y.Transaction, isOurs: (client: number) => boolean): Collision[] {
    const keys = (transaction.changed as ReadonlyMap<unknown, ReadonlySet<string | null>>).get(this.#map) ?? [];
    return [...keys].flatMap((key) => this.#collision(key, transaction, isOurs) ?? []);
  }

  #collision(key: string | null, transaction: Y.Transaction, isOurs: (client: number) => boolean): Collision | null {
    const text = textOfKey(key);
    if (!text || key === null) return null;
    const view = before(transaction);
    let [ours, theirs]: (Y.Item | null)[] = [null, null];
    for (let item = this.#map._map.get(key) ?? null; item; item = item.left) {
      if (view.counts(item) && isOurs(item.id.client)) ours = item;
      else if (isNew(item, transaction.beforeState)) theirs ??= item;
    }
    const [ourMove, theirMove] = [ours, theirs].map((item) => decoded(item?.content.getContent().at(-1)));
    return ours && ourMove && theirMove ? { text, ours: ourMove, theirs: theirMove, noted: ours.id } : null;
  }

  /** The text in which the move ended, after those that followed it, and the item of the last of their notes. */
  lastNoted({ to }: Move, noted: Y.ID, view?: View): { text: Y.XmlText; noted: Y.ID } | null {
    let last: Y.ID | undefined = noted;
    for (const seen = new Set<string>(); last && !seen.has(keyOf(to)); seen.add(keyOf(to))) {
      const text = standingText(this.#doc, to, view);
      if (text) return { text, noted: last };
      last = this.#map._map.get(keyOf(to))?.id;
      to = this.of(to)?.to ?? to;
    }
    return null;
  }

  /** Where a copy that the move made stands now. */
  copyNow(move: Move, character: Y.ID, view?: View): { text: Y.XmlText; character: Y.ID } | null {
    const next = copied(move, character);
    return next && this.characterNow(next.text, next.character, view);
  }

  /** The same of one that its writer put in again. */
  rescuedNow(text: Y.ID, character: Y.ID): { text: Y.XmlText; character: Y.ID } | null {
    const move = this.rescuedOf(text, character.client);
    return move && this.copyNow(move, character);
  }

  /** The character itself, or the copy that stands in its place now, or stood when it is looked at; null when neither does. */
  characterNow(text: Y.ID, character: Y.ID, view?: View): { text: Y.XmlText; character: Y.ID } | null {
    let at = { text, character };
    for (const seen = new Set<string>(); !seen.has(keyOf(at.text));) {
      const standing = standingText(this.#doc, at.text, view);
      if (standing) return { text: standing, character: at.character };
      seen.add(keyOf(at.text));
      const next =
        copied(this.of(at.text), at.character) ?? copied(this.rescuedOf(at.text, at.character.client), at.character);
      if (!next) return null;
      at = next;
    }
    return null;
  }

  /** The text itself, or the one that took its place; null when it was deleted. */
  textNow(text: Y.ID): Y.XmlText | null {
    let at: Y.ID | undefined = text;
    for (const seen = new Set<string>(); at && !seen.has(keyOf(at)); at = this.of(at)?.to) {
      const standing = standingText(this.#doc, at);
      if (standing) return standing;
      seen.add(keyOf(at));
    }
    return null;
  }
}

function copied(move: Move | null, { client, clock }: Y.ID): { text: Y.ID; character: Y.ID } | null {
  for (const { of, copy, length } of move?.runs ?? [])
    if (move && of.client === client && of.clock <= clock && clock < of.clock + length)
      return { text: move.to, character: Y.createID(copy.client, copy.clock + clock - of.clock) };
  return null;
}

function standingText({ store }: Y.Doc, { client, clock }: Y.ID, view?: View): Y.XmlText | null {
  if (clock >= Y.getState(store, client)) return null;
  const item = Y.getItem(store, Y.createID(client, clock));
  if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentType)) return null;
  if (view ? !view.counts(item) : item.deleted) return null;
  return item.content.type instanceof Y.XmlText ? item.content.type : null;
}
