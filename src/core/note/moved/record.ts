import * as Y from 'yjs';
import { alignment, pairs, type Words } from './alignment.ts';
import {
  before,
  type Character,
  charactersOf,
  isNew,
  putInBy,
  textOf,
  textsTakenOut,
  type View,
} from './characters.ts';
import { extend, type Move, type Run } from './move.ts';
import { Moves } from './moves.ts';

/** A text that was taken out, or what was put in somewhere, with its characters. */
interface Part extends Words {
  item: Y.Item;
  characters: Character[];
  /** How far each writer is known by what the block around it holds. */
  known: ReadonlyMap<number, number>;
}

/**
 * Notes down where the text went that a change made here took out to put it in again. Goes with the change to the others, who
 * rescue by it what they had written meanwhile. To be called before the change is told of.
 */
export function recordMoves(transaction: Y.Transaction): void {
  const { doc, local } = transaction;
  if (!local || textsTakenOut(transaction).length === 0) return;
  const { out, put } = parts(transaction);
  const found = pairs(out, put);
  if (found.length === 0) return;
  const moves = new Moves(doc);
  doc.transact(() => {
    for (const { from, to } of found) {
      const [old, now] = [out[from], put[to]];
      if (!old || !now) continue;
      if (blockStays(old.item)) moves.writeWithin(old.item.id, moveOf(old, now));
      else moves.write(old.item.id, moveOf(old, now));
    }
  }, recordMoves);
}

/** In the order of the note, as far as it is one block that they stand in. */
function parts(transaction: Y.Transaction): { out: Part[]; put: Part[] } {
  const { beforeState, changed } = transaction;
  const found = { out: [] as Part[], put: [] as Part[] };
  const [was, came] = [before(transaction), putInBy(transaction)];
  let place = 0;
  for (const parent of changed.keys()) {
    place += 1;
    if (parent._item && (parent._item.deleted || isNew(parent._item, beforeState))) continue;
    if (parent instanceof Y.XmlText && parent._item) {
      const part = partOf(parent._item, came, place, new Map());
      if (part.text !== '') found.put.push(part);
    } else if (parent instanceof Y.XmlFragment)
      for (let item = parent._start; item; item = item.right)
        if (came.counts(item)) found.put.push(...partsIn(item, came, place, new Map()));
        else if (!item.deleted) place += 1;
        else if (was.counts(item)) found.out.push(...partsIn(item, was, place, knownIn(item, was)));
  }
  return found;
}

/** The texts in a block, or the text itself. */
function partsIn(item: Y.Item, view: View, place: number, known: Part['known']): Part[] {
  if (!view.counts(item) || !(item.content instanceof Y.ContentType)) return [];
  if (textOf(item)) return [partOf(item, view, place, known)];
  const found: Part[] = [];
  for (let child = item.content.type._start; child; child = child.right)
    found.push(...partsIn(child, view, place, known));
  return found;
}

function partOf(item: Y.Item, view: View, place: number, known: Part['known']): Part {
  const text = textOf(item);
  const characters = text ? charactersOf(text, view) : [];
  return { item, characters, text: characters.map(({ sign }) => sign).join(''), place, known };
}

function blockStays({ parent }: Y.Item): boolean {
  return parent instanceof Y.AbstractType && parent._item?.deleted === false;
}

/** How much of each writer had come when the newest of the items here had, of those that the view has or had. */
export function knownIn(item: Y.Item, view: View, known = new Map<number, number>()): Map<number, number> {
  const { client, clock } = item.lastId;
  if (view.counts(item) || view.gone(item)) known.set(client, Math.max(known.get(client) ?? 0, clock + 1));
  if (item.content instanceof Y.ContentType)
    for (let child = item.content.type._start; child; child = child.right) knownIn(child, view, known);
  return known;
}

function moveOf(old: Part, now: Part): Move {
  const [from, to] = [old, now].map(({ characters }) => characters.filter(({ sign }) => sign !== ''));
  const runs: Run[] = [];
  for (const stretch of alignment(old.text, now.text))
    for (let i = 0; i < stretch.length; i++) {
      const [of, copy] = [from?.[stretch.from + i]?.id, to?.[stretch.to + i]?.id];
      if (of && copy) extend(runs, of, copy);
    }
  return { to: now.item.id, known: old.known, runs };
}
