import * as Y from 'yjs';
import { before, charactersOf, textOf, type View } from './characters.ts';
import { extend, type Move, type Run } from './move.ts';
import type { Moves } from './moves.ts';
import { putText } from './put-text.ts';

/** Blocks beside which another one may stand; cells and summaries are none. */
const LINES = new Set(['paragraph', 'heading', 'codeBlock']);

/** What a line may be when it stands by itself; an item becomes the paragraph that is in it. */
const KINDS = new Set([...LINES, 'outcome']);

/**
 * Puts in again a line or an item that was begun here in a block that others moved or made another kind before it had arrived
 * there: beside the line that went along.
 */
export function rescueLine(text: Y.XmlText, transaction: Y.Transaction, moves: Moves): void {
  const { doc } = transaction;
  const view = before(transaction);
  const beside = missedBeside(text, view, moves);
  if (!beside) return;
  const lost = charactersOf(text, view).filter(({ sign }) => sign !== '');
  const place = lost.length > 0 ? placeBeside(beside.line, beside.side) : null;
  if (!place) return;
  const { parent } = text;
  const begun = parent instanceof Y.XmlElement && KINDS.has(parent.nodeName) && isMissed(parent._item, beside.move);
  const line = begun ? copyOf(parent, view) : new Y.XmlElement('paragraph');
  place.parent.insert(place.index, [line]);
  const put = new Y.XmlText();
  line.insert(0, [put]);
  const clock = Y.getState(doc.store, doc.clientID);
  putText(put, 0, lost);
  const runs: Run[] = [];
  lost.forEach(({ id }, i) => extend(runs, id, Y.createID(doc.clientID, clock + i)));
  noteDown(text, put, runs, moves);
}

/** The same for an image that was put into such a block: it comes behind the line. */
export function rescueImage(image: Y.XmlElement, transaction: Y.Transaction, moves: Moves): void {
  const view = before(transaction);
  const beside = missedBeside(image, view, moves);
  const place = beside && placeBeside(beside.line, 'behind');
  if (!place) return;
  const put = copyOf(image, view);
  place.parent.insert(place.index, [put]);
  noteDown(image, put, [], moves);
}

/** An element of the same kind with the same attributes, and nothing in it. */
function copyOf({ nodeName, _map: attributes }: Y.XmlElement, view: View): Y.XmlElement {
  const copy = new Y.XmlElement(nodeName);
  for (const [name, item] of attributes)
    if (view.counts(item)) copy.setAttribute(name, item.content.getContent().at(-1) as string);
  return copy;
}

/** So that a later visit does not do it again. */
function noteDown(
  { _item: old }: Y.XmlText | Y.XmlElement,
  put: Y.XmlText | Y.XmlElement,
  runs: Run[],
  moves: Moves,
): void {
  if (old && put._item) moves.write(old.id, { to: put._item.id, known: new Map(), runs });
}

/** The line that went along, of a block whose mover did not know of this; null when the block was deleted, or nothing is missing. */
function missedBeside(
  { _item: item }: Y.XmlText | Y.XmlElement,
  view: View,
  moves: Moves,
): (Beside & { line: Y.XmlText }) | null {
  const beside = item && movedBeside(item, view, moves);
  const line = beside && isMissed(item, beside.move) ? moves.textNow(beside.text) : null;
  return beside && line && { ...beside, line };
}

function isMissed(item: Y.Item | null, { known }: Move): boolean {
  return item !== null && item.id.clock >= (known.get(item.id.client) ?? 0);
}

interface Beside {
  text: Y.ID;
  move: Move;
  side: 'behind' | 'before';
}

/** The nearest text that went along out of a block that was taken out with this item; null when the block was deleted. */
function movedBeside(item: Y.Item, view: View, moves: Moves): Beside | null {
  const around = item.parent instanceof Y.AbstractType ? item.parent._item : null;
  if (!around?.deleted) return null;
  return (
    movedAround(item, (other, side) => movedIn(other, view, moves, side)) ??
    movedAround(item, (other, side) => movedBefore(other, moves, side)) ??
    movedBeside(around, view, moves)
  );
}

/** A text in whose place another one had been put here. */
function movedBefore({ id, length, deleted }: Y.Item, moves: Moves, side: Beside['side']): Beside | null {
  const text = Y.createID(id.client, id.clock + length - 1);
  const move = deleted ? moves.of(text) : null;
  return move && moves.textNow(text) && { text, move, side };
}

type Look = (item: Y.Item, side: Beside['side']) => Beside | null;

function movedAround(item: Y.Item, look: Look): Beside | null {
  for (const [side, next] of [
    ['behind', 'left'],
    ['before', 'right'],
  ] as const)
    for (let other = item[next]; other; other = other[next]) {
      const found = look(other, side);
      if (found) return found;
    }
  return null;
}

/** The text with a move that is nearest to the side asked for. */
function movedIn(item: Y.Item, view: View, moves: Moves, side: Beside['side']): Beside | null {
  if (!view.counts(item) || !(item.content instanceof Y.ContentType)) return null;
  const move = textOf(item) && moves.of(item.id);
  if (move) return { text: item.id, move, side };
  const children: Y.Item[] = [];
  for (let child = item.content.type._start; child; child = child.right) children.push(child);
  if (side === 'behind') children.reverse();
  for (const child of children) {
    const found = movedIn(child, view, moves, side);
    if (found) return found;
  }
  return null;
}

/** Beside the block of this text, or else beside the block of the note that it is in. */
function placeBeside({ parent }: Y.XmlText, side: Beside['side']): { parent: Y.XmlFragment; index: number } | null {
  let block = parent;
  while (block instanceof Y.XmlElement && !LINES.has(block.nodeName) && block.parent instanceof Y.XmlElement)
    block = block.parent;
  if (!(block instanceof Y.XmlElement) || !(block.parent instanceof Y.XmlFragment)) return null;
  const at = block.parent.toArray().indexOf(block);
  return { parent: block.parent, index: side === 'behind' ? at + 1 : at };
}
