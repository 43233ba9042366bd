import type { Clock } from '../clock.ts';
import type { LoadedNote, UpdateLog } from '../store/log.ts';
import type { Counters } from './counters.ts';
import { SNAPSHOT_AFTER } from './limits.ts';

export interface SnapshotParts {
  noteId: string;
  log: UpdateLog;
  clock: Clock;
  counters: Counters;
}

/** Asks the log for a snapshot of one note when the rows behind the last one have grown, one at a time, and prunes after it. */
export class Snapshots {
  readonly #noteId: string;
  readonly #log: UpdateLog;
  readonly #counters: Counters;
  #rows: number;
  #bytes: number;
  #busy = false;

  readonly #clock: Clock;
  #madeAt = -Infinity;

  constructor(parts: SnapshotParts, loaded: Pick<LoadedNote, 'tail'>) {
    this.#noteId = parts.noteId;
    this.#log = parts.log;
    this.#counters = parts.counters;
    this.#clock = parts.clock;
    this.#rows = loaded.tail.length;
    this.#bytes = loaded.tail.reduce((sum, row) => sum + row.length, 0);
  }

  get busy(): boolean {
    return this.#busy;
  }

  grew(rows: number, bytes: number): void {
    this.#rows += rows;
    this.#bytes += bytes;
    const calm = this.#clock.elapsed() - this.#madeAt > SNAPSHOT_AFTER.ms;
    if (this.#bytes > SNAPSHOT_AFTER.bytes || this.#rows > (calm ? SNAPSHOT_AFTER.rows : SNAPSHOT_AFTER.rowsInHaste))
      this.#make();
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
    this.#madeAt = this.#clock.elapsed();
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
