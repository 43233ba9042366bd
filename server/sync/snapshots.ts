import type { LoadedNote, UpdateLog } from '../store/log.ts';
import type { Counters } from './counters.ts';
import { SNAPSHOT_AFTER } from './limits.ts';

/** Asks the log for a snapshot of one note when the rows behind the last one have grown, one at a time, and prunes after it. */
export class Snapshots {
  readonly #noteId: string;
  readonly #log: UpdateLog;
  readonly #counters: Counters;
  #rows: number;
  #bytes: number;
  #busy = false;

  constructor(noteId: string, log: UpdateLog, counters: Counters, loaded: Pick<LoadedNote, 'tail'>) {
    this.#noteId = noteId;
    this.#log = log;
    this.#counters = counters;
    this.#rows = loaded.tail.length;
    this.#bytes = loaded.tail.reduce((sum, row) => sum + row.length, 0);
  }

  get busy(): boolean {
    return this.#busy;
  }

  grew(rows: number, bytes: number): void {
    this.#rows += rows;
    this.#bytes += bytes;
    if (this.#rows > SNAPSHOT_AFTER.rows || this.#bytes > SNAPSHOT_AFTER.bytes) this.#make();
  }

  /** A room is about to be let go: true when it is worth a snapshot first, which is then under way. */
  beforeUnload(): boolean {
    if (this.#rows <= SNAPSHOT_AFTER.rowsAtUnload) return false;
    this.#make();
    return true;
  }

  /** A failure costs nothing but a longer load: the rows are there. */
  #make(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#rows = 0;
    this.#bytes = 0;
    this.#log
      .snapshot(this.#noteId)
      .then((made) => (made ? this.#log.prune(this.#noteId) : 0))
      .catch((error: unknown) => {
        this.#counters.storeErrors++;
        this.#counters.lastStoreError = error instanceof Error ? error.message : String(error);
      })
      .finally(() => {
        this.#busy = false;
      });
  }
}
