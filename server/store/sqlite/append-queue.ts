import { type Append, type AppendOutcome, StoreError } from '../log.ts';
import { type GroupOutcome, REFUSED } from './append.ts';
import { fromWire } from './errors.ts';

interface Waiting {
  append: Append;
  resolve(outcome: AppendOutcome): void;
  reject(error: unknown): void;
}

/**
 * Gathers appends into groups. While one group is being committed the next one gathers, so the flush is paid per group and
 * never per edit.
 */
export class AppendQueue {
  readonly #commit: (appends: Append[]) => Promise<GroupOutcome[]>;
  #waiting: Waiting[] = [];
  #running = false;
  #whenIdle: (() => void) | null = null;

  constructor(commit: (appends: Append[]) => Promise<GroupOutcome[]>) {
    this.#commit = commit;
  }

  add(append: Append): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject });
      if (this.#running) return;
      this.#running = true;
      // After the reads of this turn of the event loop: all sockets that had something share one group.
      setImmediate(() => this.#next());
    });
  }

  /** Resolves when nothing waits any more. */
  idle(): Promise<void> {
    if (!this.#running) return Promise.resolve();
    return new Promise((resolve) => (this.#whenIdle = resolve));
  }

  #next(): void {
    const group = this.#waiting;
    if (group.length === 0) {
      this.#running = false;
      this.#whenIdle?.();
      return;
    }
    this.#waiting = [];
    this.#commit(group.map(({ append }) => append)).then(
      (outcomes) => {
        group.forEach((waiting, index) => settle(waiting, outcomes[index]));
        this.#next();
      },
      (error: unknown) => {
        for (const { reject } of group) reject(error);
        this.#next();
      },
    );
  }
}

const REFUSED_OUTCOME: AppendOutcome = { kind: 'refused' };

function settle({ resolve, reject }: Waiting, outcome: GroupOutcome | undefined): void {
  if (outcome === undefined) reject(new StoreError('io', 'The writer gave no answer.'));
  else if (typeof outcome === 'object') reject(fromWire(outcome));
  else resolve(outcome === REFUSED ? REFUSED_OUTCOME : { kind: 'stored', seq: outcome });
}
