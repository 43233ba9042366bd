import { StoreError } from '../log.ts';

/** What every call goes through: refused once closed, and close waits for the writes that run. */
export class Gate {
  #open = true;
  readonly #running = new Set<Promise<unknown>>();
  readonly #commit: () => Promise<void>;

  constructor(commit: () => Promise<void> = () => Promise.resolve()) {
    this.#commit = commit;
  }

  read<T>(run: () => T): Promise<T> {
    return this.#open ? Promise.resolve().then(run) : Promise.reject(closed());
  }

  write<T>(run: () => T): Promise<T> {
    if (!this.#open) return Promise.reject(closed());
    const done = this.#commit().then(run);
    this.#running.add(done);
    const forget = (): void => void this.#running.delete(done);
    done.then(forget, forget);
    return done;
  }

  async close(): Promise<void> {
    this.#open = false;
    await Promise.allSettled(this.#running);
  }
}

function closed(): StoreError {
  return new StoreError('closed', 'The store is closed.');
}
