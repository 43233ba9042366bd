import { Worker, type WorkerOptions } from 'node:worker_threads';
import { StoreError } from '../log.ts';
import { fromWire } from './errors.ts';
import type { Calls, Reply, Request } from './serve.ts';

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * The main thread's end of one worker. A worker that dies fails every call that waits for it with StoreError `io`; it never
 * leaves a promise open and never rejects one that nobody holds.
 */
export class WorkerLink<C extends Calls> {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #started: Promise<unknown>;
  readonly #died: (error: StoreError) => void;
  #next = 1;
  #dead: StoreError | null = null;

  /** @param died is told once, when the worker ends without being asked to. */
  constructor(file: URL, options: WorkerOptions, died: (error: StoreError) => void) {
    this.#worker = new Worker(file, options);
    this.#died = died;
    this.#started = new Promise((resolve, reject) => this.#pending.set(0, { resolve, reject }));
    this.#started.catch(() => undefined);
    this.#worker.on('message', (reply: Reply) => this.#answered(reply));
    this.#worker.on('error', (error) => this.#end(`stopped: ${error.message}`));
    this.#worker.on('exit', (code) => this.#end(`ended with code ${code}`));
  }

  /** Resolves when the worker has opened what it serves; rejects with why it could not. */
  async started(): Promise<void> {
    await this.#started;
  }

  get alive(): boolean {
    return this.#dead === null;
  }

  call<K extends keyof C & string>(
    name: K,
    args: Parameters<C[K]>,
    move: ArrayBuffer[] = [],
  ): Promise<ReturnType<C[K]>> {
    if (this.#dead !== null) return Promise.reject(this.#dead);
    const request: Request = [this.#next++, name, args];
    this.#worker.postMessage(request, move);
    return new Promise((resolve, reject) => {
      this.#pending.set(request[0], { resolve: resolve as (result: unknown) => void, reject });
    });
  }

  /** Ends the worker; what still waits is refused with `error`. */
  async stop(error = new StoreError('closed', 'The store is closed.')): Promise<void> {
    this.#fail(error);
    await this.#worker.terminate();
  }

  #answered([id, result, error]: Reply): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    // One that could not open has said why, and ends: no death to report.
    if (id === 0 && error !== undefined) this.#dead = new StoreError('closed', 'The store could not be opened.');
    if (error === undefined) pending?.resolve(result);
    else pending?.reject(fromWire(error));
  }

  #end(how: string): void {
    if (this.#dead !== null) return;
    const error = new StoreError('io', `A worker of the store ${how}.`);
    this.#fail(error);
    this.#died(error);
  }

  #fail(error: StoreError): void {
    this.#dead ??= error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
