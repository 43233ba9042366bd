import * as Y from 'yjs';

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

/** The text whose move is noted under this key; null for notes of what was put in again, and of texts whose block stayed. */
export function textOfKey(key: string | null): Y.ID | null {
  const [, client, clock] = /^(\d+):(\d+)$/.exec(key ?? '') ?? [];
  return client && clock ? Y.createID(Number(client), Number(clock)) : null;
}

export const keyOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`;

export function encoded({ to, known, runs }: Move): number[][] {
  return [
    [to.client, to.clock],
    [...known].flat(),
    runs.flatMap(({ of, copy, length }) => [of.client, of.clock, copy.client, copy.clock, length]),
  ];
}

export function decoded(value: unknown): Move | null {
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
