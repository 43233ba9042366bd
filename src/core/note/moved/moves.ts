import * as Y from 'yjs';

/**
 * Name of the Y.Map that says where the text of blocks went that were moved or became another kind: in Yjs such a block is taken
 * out and another put in. Nothing of it is needed to read the note.
 */
const MOVES = 'moved';

/** Copies of characters: as many, one behind the other, of one client each. */
export interface Run {
  of: Y.ID;
  copy: Y.ID;
  length: number;
}

/** Adds a copy to the runs: to the last one if it goes on with it. */
export function extend(runs: Run[], of: Y.ID, copy: Y.ID): void {
  const last = runs.at(-1);
  const goesOn = last && follows(last.of, of, last.length) && follows(last.copy, copy, last.length);
  if (goesOn) last.length += 1;
  else runs.push({ of, copy, length: 1 });
}

const follows = (first: Y.ID, next: Y.ID, length: number): boolean =>
  first.client === next.client && first.clock + length === next.clock;

/** Where the characters of a text went. */
export interface Move {
  /** The item of the text that holds the copies. */
  to: Y.ID;
  /** How far who moved it knew what each client had written: what came later is in no copy. */
  known: ReadonlyMap<number, number>;
  runs: readonly Run[];
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

  /** The character itself, or the copy that stands in its place now; null when neither is in the note. */
  characterNow(text: Y.ID, character: Y.ID): { text: Y.XmlText; character: Y.ID } | null {
    let at = { text, character };
    for (const seen = new Set<string>(); !seen.has(keyOf(at.text));) {
      const standing = standingText(this.#doc, at.text);
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

function standingText({ store }: Y.Doc, { client, clock }: Y.ID): Y.XmlText | null {
  if (clock >= Y.getState(store, client)) return null;
  const item = Y.getItem(store, Y.createID(client, clock));
  if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentType)) return null;
  return item.content.type instanceof Y.XmlText ? item.content.type : null;
}

const keyOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`;

function encoded({ to, known, runs }: Move): number[][] {
  return [
    [to.client, to.clock],
    [...known].flat(),
    runs.flatMap(({ of, copy, length }) => [of.client, of.clock, copy.client, copy.clock, length]),
  ];
}

function decoded(value: unknown): Move | null {
  if (!Array.isArray(value) || !value.every(isNumbers)) return null;
  const [to = [], known = [], runs = []] = value;
  if (to.length !== 2 || known.length % 2 !== 0 || runs.length % 5 !== 0) return null;
  return {
    to: id(to, 0),
    known: new Map(known.flatMap((client, i) => (i % 2 === 0 ? [[client, known[i + 1] ?? 0] as const] : []))),
    runs: runs.flatMap((length, i) => (i % 5 === 4 ? [{ of: id(runs, i - 4), copy: id(runs, i - 2), length }] : [])),
  };
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && (each as number) >= 0);
}

const id = (numbers: number[], at: number): Y.ID => Y.createID(numbers[at] ?? 0, numbers[at + 1] ?? 0);
