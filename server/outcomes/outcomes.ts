import type { NoteJson } from '#core/note/json.ts';
import { type Outcome, outcomesOf } from '#core/outcomes/outcomes-of.ts';
import type { Clock } from '../clock.ts';
import type { NoteService, OutcomeService, SessionOutcomes } from '../context.ts';
import { StoreError } from '../store/log.ts';
import type { IndexedNote, OutcomeTables } from '../store/outcomes.ts';
import type { EventTables } from '../store/tables.ts';
import type { Rooms } from '../sync/rooms.ts';
import { OUTCOME_LIMITS } from './limits.ts';

export interface OutcomesParts {
  tables: Pick<OutcomeTables, 'find' | 'index' | 'indexed'>;
  events: Pick<EventTables, 'list' | 'get'>;
  notes: Pick<NoteService, 'read'>;
  rooms: Pick<Rooms, 'knownSeq'>;
  clock: Clock;
  /** Told of a bug of ours; the index stays behind and readers read the note. */
  report(error: unknown): void;
}

/** What reading all notes anew came to. */
export interface Rebuilt {
  notes: number;
  outcomes: number;
  /** Addresses of the sessions whose notes cannot be read. */
  unreadable: string[];
}

/**
 * The outcomes of all notes (OU8). The index keeps what was read of a note up to a row. Whoever asks gets that when the note has
 * no newer row, and else what the note says now: so the index may be late, and is never wrong.
 */
export class Outcomes implements Pick<OutcomeService, 'place' | 'ofEvent'> {
  readonly #parts: OutcomesParts;
  /** Of the notes that were open since the start, those that may have outcomes. */
  readonly #may = new Set<string>();
  readonly #waiting = new Map<string, () => void>();
  readonly #read = new WeakMap<NoteJson, Outcome[]>();
  #last: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: OutcomesParts) {
    this.#parts = parts;
  }

  async place(short: string): Promise<Awaited<ReturnType<OutcomeService['place']>>> {
    const found = await this.#parts.tables.find(short);
    return found && { event: found.eventSlug, session: found.sessionSlug, short: found.short };
  }

  async ofEvent(slug: string): Promise<SessionOutcomes[]> {
    const kept = new Map((await this.#parts.tables.indexed(slug)).map((note) => [note.noteId, note]));
    const event = await this.#parts.events.get(slug);
    const all: SessionOutcomes[] = [];
    // One after the other: a reader of the whole event must not load every note at the same moment.
    for (const session of event?.sessions ?? []) {
      const note = kept.get(session.noteId);
      if (note) all.push({ sessionId: session.id, outcomes: await this.#now(note) });
    }
    return all;
  }

  /** The note may have outcomes from now on. */
  mayHave(noteId: string): void {
    this.#may.add(noteId);
  }

  /** The outcomes of a note that is open, as it says them now. */
  async ofNote(noteId: string): Promise<Outcome[]> {
    const reading = await this.#parts.notes.read(noteId);
    return reading ? this.#outcomesOf(reading.note) : [];
  }

  /**
   * A note has a newer row: its outcomes are read again soon, once for all that is written until then. False when it never had
   * any.
   */
  changed(noteId: string): boolean {
    const may = this.#may.has(noteId);
    if (may) this.#indexSoon(noteId);
    return may;
  }

  /** Makes the index anew from the notes. */
  async rebuild(): Promise<Rebuilt> {
    const rebuilt: Rebuilt = { notes: 0, outcomes: 0, unreadable: [] };
    for (const { slug } of await this.#parts.events.list())
      for (const session of (await this.#parts.events.get(slug))?.sessions ?? [])
        try {
          rebuilt.outcomes += (await this.#parts.tables.index(session.noteId)) ?? 0;
          rebuilt.notes++;
        } catch (error) {
          if (!isCorrupt(error)) throw error;
          rebuilt.unreadable.push(`${slug}/${session.slug}`);
        }
    return rebuilt;
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #indexSoon(noteId: string): void {
    if (this.#stopped || this.#waiting.has(noteId)) return;
    const start = (): void => {
      this.#waiting.delete(noteId);
      this.#last = this.#last.then(() => this.#index(noteId));
    };
    this.#waiting.set(noteId, this.#parts.clock.after(OUTCOME_LIMITS.indexAfter, start));
  }

  async #index(noteId: string): Promise<void> {
    try {
      if (!this.#stopped) await this.#parts.tables.index(noteId);
    } catch (error) {
      if (!(error instanceof StoreError)) this.#parts.report(error);
    }
  }

  async #now({ noteId, headSeq, seq, outcomes }: IndexedNote): Promise<Outcome[]> {
    if (seq === headSeq) return outcomes;
    const opened = this.#parts.rooms.knownSeq(noteId) !== null;
    if (opened && !this.#may.has(noteId)) return [];
    try {
      const now = await this.ofNote(noteId);
      this.#indexSoon(noteId);
      return now;
    } catch (error) {
      if (isCorrupt(error)) return outcomes;
      throw error;
    }
  }

  #outcomesOf(note: NoteJson): Outcome[] {
    const known = this.#read.get(note) ?? outcomesOf(note);
    this.#read.set(note, known);
    return known;
  }
}

/** A damaged note is shown as it was read last, and stops nobody from reading the others. */
function isCorrupt(error: unknown): boolean {
  return error instanceof StoreError && error.kind === 'corrupt';
}
