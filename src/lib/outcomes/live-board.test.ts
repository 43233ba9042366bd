// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import { LiveBoard, type LiveBoardParts, type Told } from './live-board.svelte.ts';

type News = Awaited<ReturnType<NonNullable<LiveBoardParts['ask']>>>;

let streams: { address: string; told: Told; closed: boolean }[];
let asked: string[];
let answer: () => Promise<News>;
let programmes: number;
let board: LiveBoard;
let stop: () => void;

const outcomes = (...texts: string[]) => texts.map((text) => ({ text }) as Outcome);
const news = (at: string, session?: string, ...texts: string[]): News => ({
  ...{ at, programme: false },
  sessions: session === undefined ? [] : [{ session, outcomes: outcomes(...texts) }],
});
const shown = () => [...board.sessions].map(([session, found]) => [session, ...found.map(({ text }) => text)]);
const last = () => {
  const stream = streams.at(-1);
  if (!stream) throw new Error('No stream was opened.');
  return stream;
};
const tell = (said: News) => last().told.news(JSON.stringify(said));

beforeEach(() => {
  vi.useFakeTimers();
  [streams, asked, programmes] = [[], [], 0];
  answer = () => Promise.resolve(news('1'));
  board = new LiveBoard({
    event: 'mc',
    first: { at: '0', sessions: [{ session: 'a', outcomes: outcomes('one') }] },
    programmeChanged: () => void programmes++,
    stream(address, told) {
      const stream = { address, told, closed: false };
      streams.push(stream);
      return () => void (stream.closed = true);
    },
    ask: (address) => (asked.push(address), answer()),
  });
  stop = board.follow();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('BO3: an open board', () => {
  test('BO3: is live with the first word of the stream, and takes what it tells', () => {
    expect([board.hearing, last().address]).toEqual(['starting', '/api/events/mc/outcomes/live?at=0']);
    tell(news('1', 'a', 'one', 'two'));
    tell(news('2', 'b', 'three'));
    expect([board.hearing, shown()]).toEqual([
      'live',
      [
        ['a', 'one', 'two'],
        ['b', 'three'],
      ],
    ]);
    tell({ ...news('3'), programme: true });
    expect(programmes).toBe(1);
  });

  test('BO3: asks from where it was when the stream is cut, and is live again when it is back', async () => {
    tell(news('1', 'a', 'two'));
    answer = () => Promise.resolve(news('2', 'a', 'asked'));
    last().told.cut();
    await vi.advanceTimersByTimeAsync(0);
    expect([board.hearing, shown(), last().closed]).toEqual(['asking', [['a', 'asked']], true]);
    expect(asked).toEqual(['/api/events/mc/outcomes/news?at=1']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(last().address).toBe('/api/events/mc/outcomes/live?at=2');
    tell(news('2'));
    expect(board.hearing).toBe('live');
  });

  test('BO3: a stream that brings nothing is not waited for', async () => {
    await vi.advanceTimersByTimeAsync(5_000);
    expect([board.hearing, last().closed, asked.length]).toEqual(['asking', true, 1]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(streams.length).toBeLessThan(10);
    expect(asked.length).toBeGreaterThan(10);
  });

  test('BO3: beats keep it live; silence ends that', async () => {
    tell(news('1'));
    for (let beat = 0; beat < 6; beat++) {
      await vi.advanceTimersByTimeAsync(10_000);
      last().told.beat();
    }
    expect([board.hearing, streams.length, asked.length]).toEqual(['live', 1, 0]);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(board.hearing).toBe('asking');
  });

  test('BO3: says that there is no connection, and keeps what it shows', async () => {
    tell(news('1'));
    answer = () => Promise.reject(new Error('gone'));
    last().told.cut();
    await vi.advanceTimersByTimeAsync(0);
    expect([board.hearing, shown()]).toEqual(['away', [['a', 'one']]]);
  });

  test('BO3: an answer that the stream has overtaken changes nothing', async () => {
    tell(news('1'));
    let arrive = (_: News): void => undefined;
    answer = () => new Promise<News>((resolve) => (arrive = resolve));
    const asking = board.ask();
    tell(news('3', 'a', 'newer'));
    arrive(news('2', 'a', 'older'));
    await asking;
    expect([board.hearing, shown()]).toEqual(['live', [['a', 'newer']]]);
  });

  test('BO3: a board that nobody sees holds no connection', async () => {
    const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([last().closed, streams.length, asked.length]).toEqual([true, 1, 0]);
    visible.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(streams.length).toBe(2);
    visible.mockRestore();
  });
});
