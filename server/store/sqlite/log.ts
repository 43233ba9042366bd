import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Keeping } from '../keeping.ts';
import { type Append, type AppendOutcome, type LoadedNote, StoreError, type UpdateLog } from '../log.ts';
import type { PackedNote } from '../sqlite-reader.ts';
import { AppendQueue } from './append-queue.ts';
import { packGroup } from './group.ts';
import { closedError, type Workers } from './workers.ts';

/** A snapshot or reading that takes longer is given up; the note goes on with its rows. Milliseconds. */
const COMPACT_LIMIT_MS = 10_000;

export interface SqliteLogParts {
  workers: Workers;
  clock: Clock;
  log: Pick<Log, 'warn'>;
  keeping: Keeping;
}

/** The log as the main thread sees it: it packs, posts and unpacks; the workers do the rest. */
export class SqliteLog implements UpdateLog {
  readonly #parts: SqliteLogParts;
  readonly #queue: AppendQueue;

  constructor(parts: SqliteLogParts) {
    this.#parts = parts;
    this.#queue = new AppendQueue(async (appends) => {
      const group = packGroup(appends, parts.clock.now());
      return await parts.workers.write('append', [group], [group.bytes.buffer]);
    }, parts.clock);
  }

  async load(noteId: string): Promise<LoadedNote | 'old-epoch' | null> {
    const note = await this.#parts.workers.read('load', [noteId]);
    return note === null || note === 'old-epoch' ? note : unpack(note);
  }

  /** The bytes must not change until this settles. */
  append(append: Append): Promise<AppendOutcome> {
    return this.#parts.workers.closed ? Promise.reject(closedError()) : this.#queue.add(append);
  }

  async snapshot(noteId: string): Promise<boolean> {
    const made = await this.#compact(noteId);
    if (made === null) return false;
    const { seq, state } = made;
    return this.#parts.workers.write('insertSnapshot', [noteId, seq, state, this.#parts.clock.now()]);
  }

  async prune(noteId: string): Promise<number> {
    return this.#parts.workers.write('prune', [noteId, this.#parts.keeping, this.#parts.clock.now()]);
  }

  /** Resolves when every append that was taken is settled. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  /** The outcomes of a note as it is committed, read in the thread that makes snapshots. */
  readOutcomes(noteId: string): Promise<{ seq: number; outcomes: Outcome[] } | null> {
    return this.#apart((thread) => thread.call('readOutcomes', [noteId]));
  }

  async #compact(noteId: string): Promise<{ seq: number; state: Uint8Array } | null> {
    const { workers, log } = this.#parts;
    try {
      return await this.#apart((thread) => thread.call('compact', [noteId]));
    } catch (error) {
      if (error instanceof StoreError && (error.kind === 'corrupt' || workers.closed)) throw error;
      log.warn({ err: error, noteId }, 'no snapshot was made; the note goes on with its rows');
      return null;
    }
  }

  async #apart<T>(run: (thread: ReturnType<Workers['compacter']>) => Promise<T>): Promise<T> {
    const { workers, clock } = this.#parts;
    const thread = workers.compacter();
    const cancel = clock.after(COMPACT_LIMIT_MS, () => {
      void thread.stop(new StoreError('busy', `To rebuild a note took longer than ${COMPACT_LIMIT_MS} ms.`));
    });
    try {
      return await run(thread);
    } finally {
      cancel();
    }
  }
}

function unpack({ tail, lengths, ...note }: PackedNote): LoadedNote {
  let end = 0;
  return { ...note, tail: Array.from(lengths, (length) => tail.subarray(end, (end += length))) };
}
