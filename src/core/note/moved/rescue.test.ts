import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Character } from './characters.ts';
import { missed } from './rescue.ts';

/** `a` Ada’s, who moved the text; `b` Bob’s, who is asked; `e` Eve’s. In capitals: deleted at Bob’s before. */
function text(who: string): Character[] {
  const clocks = new Map<string, number>();
  return [...who].map((sign) => {
    const writer = sign.toLowerCase();
    const clock = clocks.get(writer) ?? 0;
    clocks.set(writer, clock + 1);
    const gone = sign !== writer;
    return { id: Y.createID(writer.charCodeAt(0), clock), sign: gone ? '' : writer, gone, marks: {} };
  });
}

const client = (who: string): number => who.charCodeAt(0);

/** Ada had these many of each, and copied them all. */
function move(had: Record<string, number>) {
  const known = new Map(Object.entries(had).map(([who, count]) => [client(who), count]));
  const runs = [...known].map(([of, length], i) => ({
    of: Y.createID(of, 0),
    copy: Y.createID(client('a'), 100 + 10 * i),
    length,
  }));
  return { to: Y.createID(client('a'), 99), known, runs };
}

test.each([
  ['nothing new', 'aabb', { a: 2, b: 2 }, [], []],
  ['all of ours', 'aabb', { a: 2 }, [{ from: 2, to: 4 }], []],
  ['the later part of ours', 'aabbb', { a: 2, b: 1 }, [{ from: 3, to: 5 }], []],
  [
    'two places',
    'babab',
    { a: 2, b: 1 },
    [
      { from: 2, to: 3 },
      { from: 4, to: 5 },
    ],
    [],
  ],
  [
    'ours beside what others wrote',
    'abeba',
    { a: 2 },
    [
      { from: 1, to: 2 },
      { from: 3, to: 4 },
    ],
    [],
  ],
  ['what others wrote', 'aee', { a: 1 }, [], []],
  ['what we deleted', 'aBAa', { a: 3, b: 1 }, [], [1, 2]],
  ['what we typed and deleted', 'aB', { a: 1 }, [], []],
])('WR11: a move that missed %s', (_, characters, had, put, gone) => {
  expect(missed(text(characters), move(had), (id) => id.client === client('b'))).toEqual({ put, gone });
});
