import * as Y from 'yjs';
import { before, type Character, charactersOf, type View } from './characters.ts';
import { type Double, doubledBlocks, doubleOf } from './doubles.ts';
import { extend, keyOf, type Move, type Run } from './move.ts';
import { Moves } from './moves.ts';
import { indexOf } from './place.ts';
import { knownIn } from './record.ts';
import { isIn, Rescue } from './rescue.ts';

/** Origin of taking out our copy of a block that somebody else moved at the same time. */
export class Joined {
  /** The texts that both had taken out: our undo must not bring them back beside the copy that stays. */
  readonly texts: readonly Y.ID[];

  constructor(texts: readonly Y.ID[]) {
    this.texts = texts;
  }
}

/**
 * Two who move or change one block at once make two of it. Both noted down where its text went, and of two notes Yjs lets one count,
 * the same one for everybody. So whoever hears that the other one's counts puts what was written in the own copy into the other one,
 * and takes the own one out. When that would lose anything, both stay. A copy that went with what it stood in is put into the other
 * one in any case. To be called before anyone is told of the change.
 *
 * @param isOurs whether this client is the one to do it for what was written under this clientID
 */
export function joinDoubles(transaction: Y.Transaction, isOurs: (client: number) => boolean): void {
  const { doc } = transaction;
  const moves = new Moves(doc);
  const view = before(transaction);
  const doubles = moves.collisions(transaction, isOurs).flatMap((each) => doubleOf(each, moves, view) ?? []);
  if (doubles.length === 0) return;
  const plan = (each: Double): Plan | null => planOf(each, moves, view, isOurs);
  const out = doubles.filter((each) => each.out).map((each): Part => ({ block: null, plans: [plan(each)] }));
  const both = doubledBlocks(doubles.filter((each) => !each.out));
  for (const { block, plans } of [...out, ...both.map(({ block, texts }) => ({ block, plans: texts.map(plan) }))])
    if (plans.every((each) => each !== null))
      doc.transact(() => join(block, plans, moves), new Joined(plans.map(({ double }) => double.old)));
}

/** A block to be taken out, null when it is already, and what to do with each of its texts. */
interface Part {
  block: Y.XmlElement | null;
  plans: (Plan | null)[];
}

function join(block: Y.XmlElement | null, plans: readonly Plan[], moves: Moves): void {
  const holder = block?.parent;
  if (block && holder instanceof Y.XmlFragment) holder.delete(holder.toArray().indexOf(block), 1);
  for (const { double, known, characters, runs, put, gone } of plans) {
    const { ours, theirs } = double;
    const [from, to] = [ours._item?.id, theirs._item?.id];
    if (!from || !to || !theirs.doc) continue;
    // What is put in is noted as ours, not as what its writers did: what they wrote later is still theirs to put in.
    const also = new Map<number, readonly Run[]>();
    const note = (): void => moves.write(from, { to, known, runs: [...runs, ...[...also.values()].flat()] });
    note();
    for (const id of gone) deleteIn(theirs, id);
    new Rescue(theirs.doc, from, characters, moves, (client, _, more) => {
      also.set(client, more);
      note();
    }).putIn(put);
  }
}

/** What it takes to make one text of two. */
interface Plan {
  double: Double;
  /** How far each writer of ours was known. */
  known: Move['known'];
  characters: Character[];
  /** From our characters to theirs. */
  runs: Run[];
  /** Stretches of our characters that theirs lacks. */
  put: { from: number; to: number }[];
  /** Characters of theirs that we had deleted. */
  gone: Y.ID[];
}

/** null when somebody else may be putting in the same characters, or when theirs stand in several texts now. */
function planOf(double: Double, moves: Moves, view: View, isOurs: (client: number) => boolean): Plan | null {
  const { ours, theirs, theirMove, ourMove } = double;
  const pairs = pairsOf(double, moves, view, isOurs);
  if (!pairs || !ours._item) return null;
  const characters = charactersOf(ours, view);
  const plan: Plan = { double, known: knownIn(ours._item, view), characters, runs: [], put: [], gone: [] };
  characters.forEach(({ id, sign, gone }, at) => {
    const their = pairs.get(keyOf(id));
    if (their) extend(plan.runs, id, their);
    if (their && gone) plan.gone.push(their);
    if (their !== undefined || sign === '') return;
    const last = plan.put.at(-1);
    if (last?.to === at) last.to += 1;
    else plan.put.push({ from: at, to: at + 1 });
  });
  for (const id of copiedBy(theirMove)) {
    if (!isKnown(id, ourMove) || ourMove.runs.some(({ of, length }) => isIn(id, of, length))) continue;
    const now = moves.copyNow(theirMove, id);
    if (now?.text === theirs) plan.gone.push(now.character);
  }
  return plan;
}

/** Of the characters in our copy that both copied: the copy in theirs, null when it is none of it. */
function pairsOf(
  { old, ourMove, theirMove, ours, theirs, out }: Double,
  moves: Moves,
  view: View,
  isOurs: (client: number) => boolean,
): Map<string, Y.ID | null> | null {
  const pairs = new Map<string, Y.ID | null>();
  for (const first of copiedBy(ourMove)) {
    const mine = moves.copyNow(ourMove, first, view);
    if (mine?.text !== ours) continue;
    const now = moves.copyNow(theirMove, first) ?? moves.rescuedNow(old, first);
    if (now && now.text !== theirs && !out) return null;
    if (now || isKnown(first, theirMove)) pairs.set(keyOf(mine.character), now?.text === theirs ? now.character : null);
    else if (!out && !isOurs(first.client)) return null;
  }
  return pairs;
}

function copiedBy({ runs }: Move): Y.ID[] {
  return runs.flatMap(({ of, length }) => Array.from({ length }, (_, i) => Y.createID(of.client, of.clock + i)));
}

function deleteIn(text: Y.XmlText, character: Y.ID): void {
  const [from, to] = [indexOf(text, character, 'before'), indexOf(text, character, 'behind')];
  if (from !== null && to !== null && from < to) text.delete(from, to - from);
}

const isKnown = ({ client, clock }: Y.ID, { known }: Move): boolean => clock < (known.get(client) ?? 0);
