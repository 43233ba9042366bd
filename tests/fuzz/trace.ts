import { createHash } from 'node:crypto';

/** Everything a run did, in one number: two runs with the same one did the same, to the byte and the millisecond. */
export class Trace {
  readonly #hash = createHash('sha256');

  note(what: string, bytes?: Uint8Array): void {
    this.#hash.update(`${what} ${bytes?.length ?? 0}\n`);
    if (bytes) this.#hash.update(bytes);
  }

  /** Once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
