import * as Y from 'yjs';
import type { View } from './characters.ts';
import type { Move } from './move.ts';
import type { Collision, Moves } from './moves.ts';

/** A text that was moved here and at the same time by somebody else. */
export interface Double {
  /** The text that both took out. */
  old: Y.ID;
  ourMove: Move;
  theirMove: Move;
  /** What it became here, and there. Theirs stands; ours does too unless it is `out`. */
  ours: Y.XmlText;
  theirs: Y.XmlText;
  /** Ours was taken out with what it stood in. */
  out: boolean;
  /** The note of our move: what is in our copy and newer was not made by moving. */
  noted: Y.ID;
}

/** @param view the note as it was here before it became known */
export function doubleOf({ text, ours, theirs, noted }: Collision, moves: Moves, view: View): Double | null {
  const [mine, other] = [moves.lastNoted(ours, noted, view), moves.textNow(theirs.to)];
  const item = mine?.text._item;
  if (!mine || !item || !other || mine.text === other) return null;
  // Where both stand, the one whose note counts stays.
  if (!item.deleted && moves.textNow(text) !== other) return null;
  return {
    old: text,
    ourMove: ours,
    theirMove: theirs,
    ours: mine.text,
    theirs: other,
    out: item.deleted,
    noted: mine.noted,
  };
}

/** A block that our moving made, and the texts in it; nothing else is in it. */
export interface DoubledBlock {
  block: Y.XmlElement;
  texts: Double[];
}

/** What blocks stand in that can change places, beside the note itself. */
const HOLDERS = new Set(['blockquote', 'bulletList', 'orderedList', 'callout', 'detailsContent', 'table']);
/** They say something without any text. */
const ATOMS = new Set(['image', 'horizontalRule']);

/**
 * The largest blocks that hold nothing but what stands elsewhere too. Where anything else was done in one since (a line begun, a
 * link, a state), it is in no other copy, and the block is left out.
 */
export function doubledBlocks(doubles: readonly Double[]): DoubledBlock[] {
  const byText = new Map(doubles.map((each) => [each.ours, each]));
  const found = new Map<Y.XmlElement, Double[]>();
  for (const double of doubles) {
    let block: Y.XmlElement | null = null;
    for (let up = double.ours.parent; up instanceof Y.XmlElement && isCopy(up, double.noted, byText); up = up.parent)
      block = up;
    if (!block || !canGo(block) || !hasAll(topOf(double.theirs), atomsIn(block))) continue;
    found.set(block, [...(found.get(block) ?? []), double]);
  }
  return [...found].map(([block, texts]) => ({ block, texts }));
}

/** Whether our moving made all of it, nobody changed anything but characters since, and every text in it is doubled. */
function isCopy(element: Y.XmlElement, noted: Y.ID, doubles: ReadonlyMap<Y.XmlText, Double>): boolean {
  const wasMade = (item: Y.Item | null): boolean => item?.id.client === noted.client && item.id.clock < noted.clock;
  if (!wasMade(element._item) || ![...element._map.values()].every(wasMade)) return false;
  return element.toArray().every((child) => {
    if (child instanceof Y.XmlElement) return isCopy(child, noted, doubles);
    return child instanceof Y.XmlText && doubles.has(child) && formats(child).every(wasMade);
  });
}

function formats(text: Y.XmlText): Y.Item[] {
  const found: Y.Item[] = [];
  for (let item = text._start; item; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentFormat) found.push(item);
  return found;
}

function canGo({ parent }: Y.XmlElement): boolean {
  if (!(parent instanceof Y.XmlElement)) return parent instanceof Y.XmlFragment;
  return parent.length > 1 && HOLDERS.has(parent.nodeName);
}

function topOf(text: Y.XmlText): Y.XmlElement | null {
  let top: unknown = text.parent;
  while (top instanceof Y.XmlElement && top.parent instanceof Y.XmlElement) top = top.parent;
  return top instanceof Y.XmlElement ? top : null;
}

function hasAll(block: Y.XmlElement | null, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const there = block ? atomsIn(block) : [];
  return wanted.every((each) => there.includes(each));
}

function atomsIn(element: Y.XmlElement): string[] {
  if (ATOMS.has(element.nodeName)) return [element.nodeName + JSON.stringify(element.getAttributes())];
  return element.toArray().flatMap((child) => (child instanceof Y.XmlElement ? atomsIn(child) : []));
}
