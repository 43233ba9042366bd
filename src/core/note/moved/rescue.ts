import * as Y from 'yjs';
import { before, type Character, charactersOf, imagesTakenOut, textsTakenOut } from './characters.ts';
import { extend, type Move, type Run } from './move.ts';
import { Moves } from './moves.ts';
import { indexOf, placeNow } from './place.ts';
import { putText } from './put-text.ts';
import { rescueImage, rescueLine } from './rescue-beside.ts';

/** What a move missed, by places in the characters of the text that was taken out. */
export interface Missed {
  /** Characters to put in again, from a place up to another. */
  put: { from: number; to: number }[];
  /** Characters whose copies are to be deleted. */
  gone: number[];
}

/**
 * What whoever moved the text did not know of: characters that are ours and had not arrived, and copies of characters that had
 * been deleted here. What others wrote is theirs to rescue.
 */
export function missed(characters: readonly Character[], { known, runs }: Move, isOurs: (id: Y.ID) => boolean): Missed {
  const found: Missed = { put: [], gone: [] };
  const isCopied = (id: Y.ID): boolean => runs.some(({ of, length }) => isIn(id, of, length));
  characters.forEach(({ id, sign, gone }, at) => {
    if (gone && isCopied(id)) found.gone.push(at);
    if (sign === '' || id.clock < (known.get(id.client) ?? 0) || !isOurs(id) || isCopied(id)) return;
    const last = found.put.at(-1);
    if (last?.to === at) last.to += 1;
    else found.put.push({ from: at, to: at + 1 });
  });
  return found;
}

export const isIn = (id: Y.ID, first: Y.ID, length: number): boolean =>
  id.client === first.client && first.clock <= id.clock && id.clock < first.clock + length;

/** Origin of what is put in again: an edit of this client, to be undone like its other ones. */
export const RESCUED = Symbol('what a move by someone else missed');

/**
 * Puts in again what was written here in texts that others moved or made another kind before it had arrived there, and deletes
 * again what was deleted here. Blocks that others deleted stay deleted. To be called before anyone is told of the change.
 *
 * @param isOurs whether this client is the one to rescue what was written under this clientID
 */
export function rescueMissed(transaction: Y.Transaction, isOurs: (client: number) => boolean): void {
  const { doc } = transaction;
  const moves = new Moves(doc);
  const lines: Y.XmlText[] = [];
  for (const text of textsTakenOut(transaction)) {
    const old = text._item?.id;
    if (!old) continue;
    const move = moves.of(old);
    if (!move) {
      if (isOurs(old.client)) lines.push(text);
      continue;
    }
    const characters = charactersOf(text, before(transaction));
    const isLeft = ({ client }: Y.ID): boolean => isOurs(client) && moves.rescuedOf(old, client) === null;
    const { put, gone } = missed(characters, move, isLeft);
    if (gone.length > 0) doc.transact(() => gone.forEach((at) => deleteCopy(old, characters[at], moves)));
    const noted: Noted = (client, { _item }, runs) =>
      _item && moves.writeRescued(old, client, { to: _item.id, known: new Map(), runs });
    if (put.length > 0) doc.transact(() => new Rescue(doc, old, characters, moves, noted).putIn(put), RESCUED);
  }
  const images = imagesTakenOut(transaction).filter(
    ({ _item }) => _item && isOurs(_item.id.client) && !moves.of(_item.id),
  );
  if (lines.length + images.length > 0) doc.transact(() => putBeside(lines, images, transaction, moves), RESCUED);
}

function putBeside(lines: Y.XmlText[], images: Y.XmlElement[], transaction: Y.Transaction, moves: Moves): void {
  for (const text of lines) rescueLine(text, transaction, moves);
  for (const image of images) rescueImage(image, transaction, moves);
}

function deleteCopy(old: Y.ID, character: Character | undefined, moves: Moves): void {
  const now = character && moves.characterNow(old, character.id);
  if (!now) return;
  const [from, to] = [indexOf(now.text, now.character, 'before'), indexOf(now.text, now.character, 'behind')];
  if (from !== null && to !== null && from < to) now.text.delete(from, to - from);
}

/** Notes down which characters of one client were put in again where. Called again when there are more. */
type Noted = (client: number, text: Y.XmlText, runs: readonly Run[]) => void;

/** Puts characters of a text that was taken out in again, where it went. */
export class Rescue {
  readonly #doc: Y.Doc;
  readonly #old: Y.ID;
  readonly #characters: readonly Character[];
  readonly #moves: Moves;
  readonly #noted: Noted;
  readonly #runs = new Map<number, Run[]>();

  constructor(doc: Y.Doc, old: Y.ID, characters: readonly Character[], moves: Moves, noted: Noted) {
    this.#doc = doc;
    this.#old = old;
    this.#characters = characters;
    this.#moves = moves;
    this.#noted = noted;
  }

  putIn(stretches: Missed['put']): void {
    for (const { from, to } of stretches) {
      const place = placeNow(this.#old, this.#characters, from, this.#moves);
      if (!place) return;
      const lost = this.#characters.slice(from, to);
      const { clientID, store } = this.#doc;
      const clock = Y.getState(store, clientID);
      putText(place.text, place.index, lost);
      lost.forEach(({ id }, i) => extend(this.#runsOf(id.client), id, Y.createID(clientID, clock + i)));
      // The next stretch may stand behind this one.
      for (const client of new Set(lost.map(({ id }) => id.client)))
        this.#noted(client, place.text, this.#runsOf(client));
    }
  }

  #runsOf(client: number): Run[] {
    const runs = this.#runs.get(client) ?? [];
    this.#runs.set(client, runs);
    return runs;
  }
}
