import { createHash } from 'node:crypto';
import type { Event } from '#core/event/model.ts';
import type { Clock } from '../clock.ts';
import type { EventService, OutcomeNews, OutcomeService } from '../context.ts';
import { RefusedError } from '../errors.ts';
import { Board } from './board.ts';
import { OUTCOME_LIMITS } from './limits.ts';
import type { Outcomes } from './outcomes.ts';

export interface LiveParts {
  outcomes: Pick<Outcomes, 'ofEvent' | 'ofNote'>;
  events: Pick<EventService, 'get'>;
  clock: Clock;
  /** Of this run of the server: moments of another mean nothing here. */
  run: string;
  /** Told of a bug of ours; the boards ask again by themselves. */
  report(error: unknown): void;
}

/**
 * What changes while boards are open. A commit costs a note in a map; a note is read only while a board of its event is open, once
 * for all of them, and what they are told is written once.
 */
export class LiveOutcomes implements Pick<OutcomeService, 'news' | 'watch'> {
  readonly #parts: LiveParts;
  readonly #boards = new Map<string, Board>();
  /** Of the notes that changed since the start, the moment of the last change. */
  readonly #changedAt = new Map<string, number>();
  #moment = 0;
  #cancelBeat: (() => void) | null = null;
  #stopped = false;

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  /** A note that may have outcomes has a newer row. */
  changed(noteId: string): void {
    this.#changedAt.set(noteId, ++this.#moment);
    for (const board of this.#boards.values()) board.changed(noteId, this.#moment);
  }

  async news(slug: string, at: string | null): Promise<OutcomeNews> {
    const { outcomes, events } = this.#parts;
    const event = await events.get(slug);
    const programme = event ? programmeOf(event) : '';
    const now = this.#at(this.#moment, programme);
    const since = readAt(at);
    const sessions = event?.sessions ?? [];
    if (since?.run !== this.#parts.run) {
      const slugs = new Map(sessions.map((session) => [session.id, session.slug]));
      const all = await outcomes.ofEvent(slug);
      const found = all.map((one) => ({ session: slugs.get(one.sessionId) ?? '', outcomes: one.outcomes }));
      return { at: now, programme: at !== null && since?.programme !== programme, sessions: found };
    }
    const changed = sessions.filter(({ noteId }) => (this.#changedAt.get(noteId) ?? 0) > since.moment);
    const found: OutcomeNews['sessions'] = [];
    for (const session of changed)
      found.push({ session: session.slug, outcomes: await outcomes.ofNote(session.noteId) });
    return { at: now, programme: since.programme !== programme, sessions: found };
  }

  async watch(slug: string, at: string | null): Promise<ReadableStream<Uint8Array>> {
    const open = [...this.#boards.values()].reduce((sum, { size }) => sum + size, 0);
    if (this.#stopped || open >= OUTCOME_LIMITS.boards)
      throw new RefusedError(429, 'Too many boards are open just now. This one asks again now and then.');
    const event = await this.#parts.events.get(slug);
    const board = this.#boards.get(slug) ?? this.#newBoard(slug);
    if (event) board.follow(event.sessions, programmeOf(event));
    this.#beatLater();
    // Opened before the news are read: what changes meanwhile is told twice, and nothing is left out.
    const opening = board.open();
    try {
      opening.begin(await this.news(slug, at));
    } catch (error) {
      opening.giveUp();
      throw error;
    }
    return opening.stream;
  }

  /** Whoever still may read comes again. */
  end(slug: string): void {
    this.#boards.get(slug)?.end();
    this.#boards.delete(slug);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelBeat?.();
    for (const slug of [...this.#boards.keys()]) this.end(slug);
  }

  #newBoard(slug: string): Board {
    const { clock, outcomes, report } = this.#parts;
    const board: Board = new Board({
      clock,
      report,
      read: (noteId) => outcomes.ofNote(noteId),
      moment: () => this.#moment,
      at: (moment, programme) => this.#at(moment, programme),
      left: () => {
        if (board.size === 0 && this.#boards.get(slug) === board) this.end(slug);
      },
    });
    this.#boards.set(slug, board);
    return board;
  }

  #beatLater(): void {
    if (this.#cancelBeat || this.#stopped) return;
    this.#cancelBeat = this.#parts.clock.after(OUTCOME_LIMITS.beat, () => {
      this.#cancelBeat = null;
      void this.#beat().catch((error: unknown) => this.#parts.report(error));
    });
  }

  async #beat(): Promise<void> {
    for (const [slug, board] of this.#boards) {
      const event = await this.#parts.events.get(slug);
      if (event) board.follow(event.sessions, programmeOf(event));
      board.beat();
    }
    if (this.#boards.size > 0) this.#beatLater();
  }

  #at(moment: number, programme: string): string {
    return `${this.#parts.run}.${moment}.${programme}`;
  }
}

/** What a board shows of the event itself, in short. */
function programmeOf({ title, sessions, topics, people }: Event): string {
  const shown = sessions.map(({ slug, noteId, title, topics, start, joinedTo }) => [
    slug,
    noteId,
    title,
    topics,
    start,
    joinedTo,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([title, shown, topics, people]))
    .digest('base64url')
    .slice(0, 12);
}

function readAt(at: string | null): { run: string; moment: number; programme: string } | null {
  const [run, moment, programme, ...more] = at?.split('.') ?? [];
  if (run === undefined || moment === undefined || programme === undefined || more.length > 0) return null;
  return /^\d{1,15}$/.test(moment) ? { run, moment: Number(moment), programme } : null;
}
