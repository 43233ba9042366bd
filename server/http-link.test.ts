import { beforeEach, expect, test } from 'vitest';
import { CLOSES } from '#core/wire/closes.ts';
import { FakeClock, settle } from '../tests/support/fake-clock.ts';
import { HttpLink } from './http-link.ts';
import { Packet } from './sync/socket.ts';

const here = new AbortController().signal;
const frame = (value: number): Uint8Array => new Uint8Array([value]);
const packet = (...values: number[]): Packet => new Packet(values.map(frame));

let clock: FakeClock;
let link: HttpLink;
let received: number[];
let left: number;
let gone: number;

beforeEach(() => {
  clock = new FakeClock();
  [received, left, gone] = [[], 0, 0];
  link = new HttpLink(clock, () => gone++);
  link.start({ receive: ([value = -1]) => void received.push(value), closed: () => void left++ });
});

/** What a question comes to; undefined while it is held. */
function ask(from: number): { answer: number[] | number | undefined } {
  const asked: { answer: number[] | number | undefined } = { answer: undefined };
  void link.ask(from, here).then((answer) => {
    asked.answer = answer.kind === 'closed' ? answer.close.code : answer.frames.map(([value = -1]) => value);
  });
  return asked;
}

test('HT2: frames are given until the peer says that it has them, in order', async () => {
  link.send(packet(1), packet(2));
  const lost = ask(0);
  await settle();
  expect([lost.answer, link.queuedBytes]).toEqual([[1, 2], 2]);
  link.send(packet(3));
  const again = ask(0);
  await settle();
  expect(again.answer).toEqual([1, 2, 3]);
  const next = ask(2);
  await settle();
  expect([next.answer, link.queuedBytes]).toEqual([[3], 1]);
});

test('HT2: frames that come twice are taken once, and those before which some are missing not at all', async () => {
  expect(await link.take(0, [frame(1), frame(2)])).toEqual({ kind: 'taken' });
  expect(await link.take(0, [frame(1), frame(2), frame(3)])).toEqual({ kind: 'taken' });
  expect(await link.take(4, [frame(5)])).toEqual({ kind: 'gap' });
  expect(received).toEqual([1, 2, 3]);
});

test('HT3: a question is held until there is something, 20 s at most, and a newer one ends it', async () => {
  const first = ask(0);
  await clock.advance(19_999);
  expect(first.answer).toBeUndefined();
  await clock.advance(1);
  expect(first.answer).toEqual([]);
  const second = ask(0);
  const third = ask(0);
  await settle();
  expect([second.answer, third.answer]).toEqual([[], undefined]);
  link.send(packet(7));
  await settle();
  expect(third.answer).toEqual([7]);
});

test('HT3: who asks for nothing is gone; twin: who asks and brings nothing else stays', async () => {
  for (let turn = 0; turn < 20; turn++) {
    ask(0);
    await clock.advance(25_000);
  }
  expect([left, gone]).toEqual([0, 0]);
  await clock.advance(60_000);
  expect([left, gone]).toEqual([1, 1]);
  expect(clock.waiting).toBe(0);
});

test('SY17: frames wait while the engine wants nothing', async () => {
  link.pause();
  let taken = false;
  void link.take(0, [frame(1)]).then(() => (taken = true));
  await settle();
  expect([received, taken]).toEqual([[], false]);
  link.resume();
  await settle();
  expect([received, taken]).toEqual([[1], true]);
});

test('HT3: a close is told after the frames before it, and what comes later is refused with it', async () => {
  link.send(packet(1));
  link.close(CLOSES.noAccess);
  expect(left).toBe(1);
  link.send(packet(2));
  const first = ask(0);
  const second = ask(1);
  await settle();
  expect([first.answer, second.answer]).toEqual([[1], 4403]);
  expect(await link.take(0, [frame(9)])).toEqual({ kind: 'closed', close: CLOSES.noAccess });
  expect(received).toEqual([]);
});

test('HT2: a number that no frame can have ends the link', async () => {
  link.send(packet(1));
  ask(1);
  const wrong = ask(0);
  await settle();
  expect([wrong.answer, left]).toEqual([4400, 1]);
});
