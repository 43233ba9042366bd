import { isOutcomeId, kindLetter } from '#core/outcomes/short-id.ts';
import type { Clock } from '../clock.ts';
import { StoreError } from '../store/log.ts';
import type { NumberGiven, OutcomeTables } from '../store/outcomes.ts';
import type { Rooms } from '../sync/rooms.ts';
import { OUTCOME_LIMITS } from './limits.ts';
import { correct, type Correction, type Seen, seenIn } from './seen.ts';

export interface NumbersParts {
  rooms: Pick<Rooms, 'view' | 'edit'>;
  tables: Pick<OutcomeTables, 'number' | 'move'>;
  clock: Clock;
  newId(): string;
  /** Told of a bug of ours; the note goes on with the numbers it has. */
  report(error: unknown): void;
}

/**
 * Gives outcomes their short ids (OU6): first in the store, then as an edit in the note. The same outcome is always given the
 * same one, so whatever breaks in between is done again. One note at a time: whether an outcome is in two notes is seen here.
 */
export class OutcomeNumbers {
  readonly #parts: NumbersParts;
  /** Notes that are to be looked at, with what cancels it. */
  readonly #waiting = new Map<string, () => void>();
  #last: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: NumbersParts) {
    this.#parts = parts;
  }

  /** Looks at the note soon, once for all that happens until then. */
  touched(noteId: string, after: number = OUTCOME_LIMITS.numberAfter): void {
    if (this.#stopped || this.#waiting.has(noteId)) return;
    const start = (): void => {
      this.#waiting.delete(noteId);
      this.#last = this.#last.then(() => this.#pass(noteId));
    };
    this.#waiting.set(noteId, this.#parts.clock.after(after, start));
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  async #pass(noteId: string): Promise<void> {
    const { clock, report } = this.#parts;
    const start = clock.elapsed();
    try {
      if (!this.#stopped) await this.#number(noteId);
    } catch (error) {
      if (!(error instanceof StoreError)) report(error);
      else if (error.kind !== 'corrupt') this.touched(noteId, OUTCOME_LIMITS.retry);
    }
    const rest = Math.min((clock.elapsed() - start) * OUTCOME_LIMITS.rest, OUTCOME_LIMITS.restMs);
    if (rest > 0 && !this.#stopped) await new Promise<void>((go) => clock.after(rest, go));
  }

  async #number(noteId: string): Promise<void> {
    const { rooms } = this.#parts;
    const seen = await rooms.view(noteId, ({ doc }) => seenIn(doc, OUTCOME_LIMITS.perNote));
    if (seen === null || seen.length === 0) return;
    const { first, again } = sorted(seen);
    const given = await this.#given(noteId, first);
    const elsewhere = await this.#elsewhere(noteId, given);
    const own = new Map(given.flatMap(({ id, short }) => (elsewhere.has(id) ? [] : [[id, short] as const])));
    const doubles = [...again, ...first.filter(({ id }) => elsewhere.has(id))];
    const corrections = new Map([...corrected(first, own), ...(await this.#anew(noteId, doubles))]);
    if (corrections.size > 0) await rooms.edit(noteId, 'server', (doc) => correct(doc, corrections));
  }

  async #given(noteId: string, outcomes: readonly { id: string; kind: unknown }[]): Promise<NumberGiven[]> {
    const wanted = outcomes.map(({ id, kind }) => ({ id, letter: kindLetter(kind) }));
    return (wanted.length > 0 && (await this.#parts.tables.number(noteId, wanted))) || [];
  }

  /** A new id and number for each, for what is here is a copy, or has no id that can be cited. */
  async #anew(noteId: string, doubles: readonly Seen[]): Promise<[node: string, Correction][]> {
    const outcomes = doubles.map((one) => ({ ...one, was: one.id, id: this.#parts.newId() }));
    const given = await this.#given(noteId, outcomes);
    return outcomes.flatMap(({ node, was }, at) => {
      const number = given[at];
      return number ? [[node, { was, id: number.id, short: number.short }] as const] : [];
    });
  }

  /** The outcomes that another note has and still shows. What it no longer shows was cut there and pasted here. */
  async #elsewhere(noteId: string, given: readonly NumberGiven[]): Promise<Set<string>> {
    const elsewhere = new Set<string>();
    const others = given.filter((one) => one.noteId !== noteId);
    for (const other of new Set(others.map((one) => one.noteId))) {
      const shown = await this.#parts.rooms.view(other, ({ doc }) => seenIn(doc, Infinity).map(({ id }) => id));
      for (const { id } of others) if (shown?.includes(id)) elsewhere.add(id);
    }
    const moved = others.map(({ id }) => id).filter((id) => !elsewhere.has(id));
    if (moved.length > 0) await this.#parts.tables.move(noteId, moved);
    return elsewhere;
  }
}

type SeenWithId = Seen & { id: string };

/** The first of each id, and what repeats one or has none. */
function sorted(seen: readonly Seen[]): { first: SeenWithId[]; again: Seen[] } {
  const first = new Map<string, SeenWithId>();
  const again: Seen[] = [];
  for (const one of seen) {
    const { id } = one;
    if (isOutcomeId(id) && !first.has(id)) first.set(id, { ...one, id });
    else again.push(one);
  }
  return { first: [...first.values()], again };
}

/** What does not show its own short id. */
function corrected(seen: readonly SeenWithId[], own: ReadonlyMap<string, string>): [node: string, Correction][] {
  return seen.flatMap(({ node, id, short }) => {
    const right = own.get(id);
    return right === undefined || right === short ? [] : [[node, { was: id, id, short: right }] as const];
  });
}
