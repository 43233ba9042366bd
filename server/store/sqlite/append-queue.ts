import type { Clock } from '../../clock.ts';
import { type Append, type AppendOutcome, StoreError } from '../log.ts';
import { type GroupOutcome, REFUSED } from './append.ts';
import { fromWire } from './errors.ts';

/**
 * A flush costs ten times what a row costs, so under load groups start no oftener than this and gather company meanwhile.
 * After a quiet moment, and for a note that was in the last group, there is no wait. Milliseconds.
 */
export const PACE_MS = 10;

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
  readonly #clock: Pick<Clock, 'elapsed' | 'after'>;
  #waiting: Waiting[] = [];
  /** Notes of the last group: whoever comes back at once has waited for it and would wait for nobody else. */
  #last = new Set<string>();
  #lastStart = -PACE_MS;
  #state: 'idle' | 'paced' | 'starting' | 'committing' = 'idle';
  #cancelPace = (): void => undefined;
  #whenIdle: (() => void)[] = [];

  constructor(commit: (appends: Append[]) => Promise<GroupOutcome[]>, clock: Pick<Clock, 'elapsed' | 'after'>) {
    this.#commit = commit;
    this.#clock = clock;
  }

  add(append: Append): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject });
      if (this.#state === 'idle') this.#pace();
      else if (this.#state === 'paced' && this.#last.has(append.noteId)) this.#start();
    });
  }

  /** Resolves when nothing waits any more. */
  idle(): Promise<void> {
    if (this.#state === 'idle') return Promise.resolve();
    if (this.#state === 'paced') this.#start();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #pace(): void {
    const wait = this.#lastStart + PACE_MS - this.#clock.elapsed();
    if (wait <= 0 || this.#waiting.some(({ append }) => this.#last.has(append.noteId))) {
      this.#start();
      return;
    }
    this.#state = 'paced';
    this.#cancelPace = this.#clock.after(wait, () => this.#flush());
  }

  /** After the reads of this turn of the event loop: all sockets that had something share one group. */
  #start(): void {
    this.#cancelPace();
    this.#state = 'starting';
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    this.#state = 'committing';
    this.#lastStart = this.#clock.elapsed();
    this.#last = new Set(group.map(({ append }) => append.noteId));
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

  #next(): void {
    if (this.#waiting.length > 0) {
      this.#pace();
      return;
    }
    this.#state = 'idle';
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}

const REFUSED_OUTCOME: AppendOutcome = { kind: 'refused' };

function settle({ resolve, reject }: Waiting, outcome: GroupOutcome | undefined): void {
  if (outcome === undefined) reject(new StoreError('io', 'The writer gave no answer.'));
  else if (typeof outcome === 'object') reject(fromWire(outcome));
  else resolve(outcome === REFUSED ? REFUSED_OUTCOME : { kind: 'stored', seq: outcome });
}
