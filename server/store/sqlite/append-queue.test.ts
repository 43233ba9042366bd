import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { StoreError } from '../log.ts';
import { FakeClock } from '../../../tests/support/fake-clock.ts';
import { AppendQueue, PACE_MS } from './append-queue.ts';

/** A queue whose commits and time are cranked by hand. */
function bench() {
  const clock = new FakeClock();
  const groups: string[][] = [];
  const commits: { done(): void; fail(error: unknown): void }[] = [];
  const queue = new AppendQueue((appends) => {
    groups.push(appends.map((append) => append.noteId));
    return new Promise((resolve, fail) => commits.push({ done: () => resolve(appends.map(() => 1)), fail }));
  }, clock);
  return {
    queue,
    groups,
    add: (noteId: string) => queue.add({ noteId, updates: [], binds: [] }),
    async commit(): Promise<void> {
      commits.shift()?.done();
      await settled();
    },
    async fail(error: unknown): Promise<void> {
      commits.shift()?.fail(error);
      await settled();
    },
    async pass(ms: number): Promise<void> {
      await clock.advance(ms);
      await settled();
    },
  };
}

/** The answers have been told, and what they set off has started. */
async function settled(): Promise<void> {
  await turn();
  await turn();
}

test('LO2: what waits while a group is committed goes together in the next', async () => {
  const { add, commit, pass, groups } = bench();
  const first = add('a');
  await turn();
  const waiting = [add('b'), add('c'), add('b')];
  await pass(PACE_MS);
  await commit();
  await commit();
  expect(groups).toEqual([['a'], ['b', 'c', 'b']]);
  expect(await Promise.all([first, ...waiting])).toHaveLength(4);
});

test('after a quiet moment an append does not wait; soon after a group others gather first', async () => {
  const { add, commit, pass, groups } = bench();
  void add('a');
  await turn();
  await commit();
  await pass(1);
  void add('b');
  await turn();
  void add('c');
  await pass(PACE_MS - 2);
  expect(groups).toEqual([['a']]);
  await pass(1);
  await commit();
  expect(groups).toEqual([['a'], ['b', 'c']]);
  await pass(100);
  void add('d');
  await turn();
  expect(groups.at(-1)).toEqual(['d']);
});

test('a note of the last group that is back at once goes at once, and takes along who gathers', async () => {
  const { add, commit, groups } = bench();
  void add('a');
  await turn();
  await commit();
  void add('b');
  await turn();
  void add('a');
  await turn();
  expect(groups).toEqual([['a'], ['b', 'a']]);
});

test('a group that fails fails all of it, and the next one goes on', async () => {
  const { add, fail, commit, pass } = bench();
  const failing = Promise.allSettled([add('a'), add('b')]);
  await turn();
  await fail(new StoreError('disk-full', 'full'));
  for (const one of await failing) expect(one).toMatchObject({ status: 'rejected', reason: { kind: 'disk-full' } });
  await pass(PACE_MS);
  const next = add('a');
  await turn();
  await commit();
  expect(await next).toEqual({ kind: 'stored', seq: 1 });
});

test('one writer who waits for each commit never waits for anything else', async () => {
  const { add, commit, groups } = bench();
  for (let round = 0; round < 3; round++) {
    void add('a');
    await turn();
    await commit();
  }
  expect(groups).toEqual([['a'], ['a'], ['a']]);
});

test('closing does not wait for company: what gathers goes at once', async () => {
  const { add, commit, queue, groups } = bench();
  void add('a');
  await turn();
  await commit();
  const last = add('b');
  let idle = false;
  const waiting = queue.idle().then(() => (idle = true));
  await turn();
  expect([groups.at(-1), idle]).toEqual([['b'], false]);
  await commit();
  await waiting;
  expect(await last).toEqual({ kind: 'stored', seq: 1 });
});
