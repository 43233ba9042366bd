import { beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '#core/event/model.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import type { OutcomeNews } from '../context.ts';
import { OUTCOME_LIMITS } from './limits.ts';
import { LiveOutcomes } from './live.ts';

let clock: FakeClock;
let live: LiveOutcomes;
/** Texts of the outcomes of each note. */
let notes: Map<string, string[]>;
let title: string;
let read: string[];
/** A note whose reading waits until it is let go. */
let gate: { noteId: string; open: Promise<void> } | null;

const outcome = (text: string) => ({ text }) as Outcome;

beforeEach(() => {
  clock = new FakeClock();
  notes = new Map([
    ['note-a', ['one']],
    ['note-b', ['two']],
  ]);
  [title, read, gate] = ['An event', [], null];
  const sessions = [...notes.keys()].map((noteId) => ({ id: noteId, slug: noteId.replace('note-', ''), noteId }));
  const texts = (noteId: string) => (notes.get(noteId) ?? []).map(outcome);
  live = new LiveOutcomes({
    outcomes: {
      ofEvent: async () => sessions.map(({ id }) => ({ sessionId: id, outcomes: texts(id) })),
      async ofNote(noteId) {
        read.push(noteId);
        const found = texts(noteId);
        if (gate?.noteId === noteId) await gate.open;
        return found;
      },
    },
    events: { get: async () => ({ title, sessions, topics: [], people: [] }) as unknown as Event },
    clock,
    run: 'run',
    report: (error) => {
      throw error;
    },
  });
});

function write(noteId: string, ...texts: string[]): void {
  notes.set(noteId, texts);
  live.changed(noteId);
}

/** An open board: what it was told, as it comes. */
async function openBoard(at: string | null = null) {
  const reader = (await live.watch('event', at)).getReader();
  const decoder = new TextDecoder();
  const next = async (): Promise<string | null> => {
    const { done, value } = await reader.read();
    return done ? null : decoder.decode(value);
  };
  const news = async (): Promise<OutcomeNews> =>
    JSON.parse((await next())?.slice('data: '.length) ?? '') as OutcomeNews;
  return { next, news, leave: () => reader.cancel() };
}

const texts = ({ sessions }: OutcomeNews) =>
  sessions.map(({ session, outcomes }) => [session, ...outcomes.map(({ text }) => text)]);
const ALL = [
  ['a', 'one'],
  ['b', 'two'],
];

describe('BO3: open boards', () => {
  test('BO3: begin with all, then are told of the session that changed, once for changes that come together', async () => {
    const board = await openBoard();
    expect(texts(await board.news())).toEqual(ALL);
    write('note-a', 'one', 'more');
    write('note-a', 'one', 'more', 'still');
    await clock.advance(OUTCOME_LIMITS.tellAfter);
    expect(texts(await board.news())).toEqual([['a', 'one', 'more', 'still']]);
    expect(read).toEqual(['note-a']);
  });

  test('BO3: many boards cost one reading; a change of the text around outcomes is told to none', async () => {
    const boards = await Promise.all(Array.from({ length: 20 }, () => openBoard()));
    for (const board of boards) await board.news();
    write('note-b', 'other');
    await clock.advance(OUTCOME_LIMITS.tellAfter);
    for (const board of boards) expect(texts(await board.news())).toEqual([['b', 'other']]);
    write('note-b', 'other');
    await clock.advance(OUTCOME_LIMITS.tellAfter);
    expect(read).toEqual(['note-b', 'note-b']);
    await clock.advance(OUTCOME_LIMITS.beat);
    expect(await boards[0]?.next()).toContain('event: beat');
  });

  test('BO3: without an open board no note is read', async () => {
    const board = await openBoard();
    await board.leave();
    write('note-a', 'unseen');
    await clock.advance(60_000);
    expect(read).toEqual([]);
  });

  test('BO3: who comes back is told what changed since', async () => {
    const { at } = await live.news('event', null);
    expect(texts(await live.news('event', at))).toEqual([]);
    write('note-b', 'new');
    expect(texts(await live.news('event', at))).toEqual([['b', 'new']]);
    expect(texts(await (await openBoard(at)).news())).toEqual([['b', 'new']]);
    for (const other of ['other.0.x', 'run', 'run.x.y', 'run.1.2.3', ''])
      expect(texts(await live.news('event', other)), other).toEqual([
        ['a', 'one'],
        ['b', 'new'],
      ]);
  });

  test('BO3: who is cut off between two changes is told the earlier one, too', async () => {
    const board = await openBoard();
    await board.news();
    let letGo = (): void => undefined;
    gate = { noteId: 'note-a', open: new Promise<void>((open) => (letGo = open)) };
    write('note-a', 'slow');
    write('note-b', 'fast');
    await clock.advance(OUTCOME_LIMITS.tellAfter);
    const told = await board.news();
    expect(texts(told)).toEqual([['b', 'fast']]);
    expect(texts(await (letGo(), live.news('event', told.at)))).toContainEqual(['a', 'slow']);
  });

  test('BO3: a change during the first reading is told after it', async () => {
    const { at } = await live.news('event', null);
    write('note-a', 'early');
    let letGo = (): void => undefined;
    gate = { noteId: 'note-a', open: new Promise<void>((open) => (letGo = open)) };
    const opening = openBoard(at);
    await clock.advance(0);
    gate = null;
    write('note-a', 'late');
    await clock.advance(OUTCOME_LIMITS.tellAfter);
    letGo();
    const board = await opening;
    expect(texts(await board.news())).toEqual([['a', 'early']]);
    expect(texts(await board.news())).toEqual([['a', 'late']]);
  });

  test('BO3: a change of the programme is told with the next beat', async () => {
    const board = await openBoard();
    const { at } = await board.news();
    title = 'Another title';
    await clock.advance(OUTCOME_LIMITS.beat);
    expect(await board.news()).toMatchObject({ programme: true, sessions: [] });
    expect((await live.news('event', at)).programme).toBe(true);
  });

  test('BO3: a board that takes nothing is let go', async () => {
    const board = await openBoard();
    for (let beat = 0; beat <= OUTCOME_LIMITS.waiting; beat++) await clock.advance(OUTCOME_LIMITS.beat);
    let last = await board.next();
    for (let at = 0; last !== null && at <= OUTCOME_LIMITS.waiting; at++) last = await board.next();
    expect(last).toBeNull();
  });

  test('BO3, ID6: boards end when the access of the event changes and when the server stops', async () => {
    const board = await openBoard();
    await board.news();
    live.end('event');
    expect(await board.next()).toBeNull();
    const other = await openBoard();
    await other.news();
    live.stop();
    expect(await other.next()).toBeNull();
    await expect(live.watch('event', null)).rejects.toMatchObject({ kind: 'refused', status: 429 });
  });
});
