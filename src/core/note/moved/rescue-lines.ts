import * as Y from 'yjs';
import { before, charactersOf, textOf, type View } from './characters.ts';
import { extend, type Move, type Run } from './move.ts';
import type { Moves } from './moves.ts';
import { putText } from './put-text.ts';

/** Blocks beside which a paragraph may stand; cells and summaries are none. */
const LINES = new Set(['paragraph', 'heading', 'codeBlock']);

/**
 * Puts in again a line or an item that was begun here in a block that others moved or made another kind before it had arrived
 * there: as a paragraph beside the line that went along.
 */
export function rescueLine(text: Y.XmlText, transaction: Y.Transaction, moves: Moves): void {
  const { doc } = transaction;
  const item = text._item;
  const view = before(transaction);
  const beside = item && movedBeside(item, view, moves);
  if (!beside || item.id.clock < (beside.move.known.get(item.id.client) ?? 0)) return;
  const lost = charactersOf(text, view).filter(({ sign }) => sign !== '');
  const line = moves.textNow(beside.text);
  const put = lost.length > 0 && line ? lineBeside(line, beside.side) : null;
  if (!put?._item) return;
  const clock = Y.getState(doc.store, doc.clientID);
  putText(put, 0, lost);
  const runs: Run[] = [];
  lost.forEach(({ id }, i) => extend(runs, id, Y.createID(doc.clientID, clock + i)));
  moves.write(item.id, { to: put._item.id, known: new Map(), runs });
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

/** A new, empty paragraph beside the block of this text, or else beside the block of the note that it is in. */
function lineBeside({ parent }: Y.XmlText, side: Beside['side']): Y.XmlText | null {
  let block = parent;
  while (block instanceof Y.XmlElement && !LINES.has(block.nodeName) && block.parent instanceof Y.XmlElement)
    block = block.parent;
  if (!(block instanceof Y.XmlElement) || !(block.parent instanceof Y.XmlFragment)) return null;
  const paragraph = new Y.XmlElement('paragraph');
  const at = block.parent.toArray().indexOf(block);
  block.parent.insert(side === 'behind' ? at + 1 : at, [paragraph]);
  const text = new Y.XmlText();
  paragraph.insert(0, [text]);
  return text;
}
