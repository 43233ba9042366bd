import type { ResourceLimits } from 'node:worker_threads';
import type { Log } from '../../log.ts';
import { StoreError } from '../log.ts';
import type { CompacterCalls } from '../sqlite-compacter.ts';
import type { ReaderCalls, ReaderData } from '../sqlite-reader.ts';
import type { WriterCalls, WriterData } from '../sqlite-writer.ts';
import { WorkerLink } from './link.ts';
import type { Calls } from './serve.ts';

const WRITER = new URL('../sqlite-writer.ts', import.meta.url);
const READER = new URL('../sqlite-reader.ts', import.meta.url);
const COMPACTER = new URL('../sqlite-compacter.ts', import.meta.url);

/** A note that needs more than this to be rebuilt is served from its rows; the server must not fall over it. */
const COMPACT_HEAP_MB = 512;

export interface WorkersParts extends WriterData {
  /** The writer's file; tests put one in its place that dies. */
  writer?: URL;
  log: Pick<Log, 'warn' | 'error'>;
  onBroken: (error: StoreError) => void;
}

/** What the end of either worker needs. */
interface Closing {
  alive: boolean;
  call(name: 'close', args: []): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * The threads behind a SQLite store: one writer for its whole life, a reader, and one that makes snapshots. Of those that only
 * read, one that died is replaced at the next call; a writer never.
 */
export class Workers {
  readonly #parts: WorkersParts;
  readonly #writer: WorkerLink<WriterCalls>;
  #reader: WorkerLink<ReaderCalls> | null = null;
  #compacter: WorkerLink<CompacterCalls> | null = null;
  #broken: StoreError | null = null;
  #closing: Promise<void> | null = null;

  constructor(parts: WorkersParts) {
    this.#parts = parts;
    const { path, fault } = parts;
    const workerData: WriterData = { path, fault };
    this.#writer = new WorkerLink(
      parts.writer ?? WRITER,
      { workerData, execArgv: [], name: 'plumbline-writer' },
      (error) => {
        this.#break(error);
      },
    );
  }

  /** Resolves when reading and writing work; on failure nothing is left running. */
  async started(): Promise<void> {
    try {
      await this.#writer.started();
      this.#reader = this.#start(READER, 'plumbline-reader');
      await this.#reader.started();
    } catch (error) {
      await Promise.all([this.#writer.stop(), this.#reader?.stop()]);
      throw error;
    }
  }

  get closed(): boolean {
    return this.#closing !== null;
  }

  async write<K extends keyof WriterCalls & string>(
    name: K,
    args: Parameters<WriterCalls[K]>,
    move?: ArrayBuffer[],
  ): Promise<ReturnType<WriterCalls[K]>> {
    if (this.#broken !== null) throw this.#broken;
    if (this.closed && name !== 'append') throw closedError();
    try {
      return await this.#writer.call(name, args, move);
    } catch (error) {
      if (error instanceof StoreError && error.kind === 'io') this.#break(error);
      throw error;
    }
  }

  async read<K extends keyof ReaderCalls & string>(
    name: K,
    args: Parameters<ReaderCalls[K]>,
  ): Promise<ReturnType<ReaderCalls[K]>> {
    if (this.closed) throw closedError();
    if (this.#reader?.alive !== true) this.#reader = this.#start(READER, 'plumbline-reader');
    return this.#reader.call(name, args);
  }

  /** The thread that makes snapshots, started when the first is asked for. */
  compacter(): WorkerLink<CompacterCalls> {
    if (this.closed) throw closedError();
    if (this.#compacter?.alive !== true)
      this.#compacter = this.#start(COMPACTER, 'plumbline-compacter', { maxOldGenerationSizeMb: COMPACT_HEAP_MB });
    return this.#compacter;
  }

  /** @param idle resolves when the appends that were taken are committed. */
  close(idle: () => Promise<void>): Promise<void> {
    this.#closing ??= this.#close(idle);
    return this.#closing;
  }

  async #close(idle: () => Promise<void>): Promise<void> {
    await idle();
    await this.#compacter?.stop();
    // Readers go first, so that the writer's is the last connection and folds the WAL into the file.
    await this.#closeOne(this.#reader);
    await this.#closeOne(this.#writer);
  }

  async #closeOne(link: Closing | null): Promise<void> {
    if (link?.alive === true)
      await link.call('close', []).catch((error: unknown) => {
        this.#parts.log.error({ err: error }, 'closing a worker of the store failed');
      });
    await link?.stop();
  }

  /** A thread that only reads. */
  #start<C extends Calls>(file: URL, name: string, resourceLimits: ResourceLimits = {}): WorkerLink<C> {
    const workerData: ReaderData = { path: this.#parts.path };
    return new WorkerLink(file, { workerData, resourceLimits, execArgv: [], name }, (error) => {
      this.#parts.log.error({ err: error, worker: name }, 'a reading worker of the store died');
    });
  }

  #break(error: StoreError): void {
    if (this.#broken !== null) return;
    this.#broken = error;
    this.#parts.log.error({ err: error }, 'the store is broken and refuses every write');
    this.#parts.onBroken(error);
  }
}

export function closedError(): StoreError {
  return new StoreError('closed', 'The store is closed.');
}
