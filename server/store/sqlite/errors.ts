import { StoreError } from '../log.ts';
import { TakenError } from '../tables.ts';
import { DurabilityError } from './durability.ts';

/** Primary result codes, https://www.sqlite.org/rescode.html. */
const KINDS: ReadonlyMap<number, StoreError['kind']> = new Map([
  [5, 'busy'],
  [6, 'busy'],
  [8, 'io'],
  [10, 'io'],
  [11, 'corrupt'],
  [13, 'disk-full'],
  [14, 'io'],
  [26, 'corrupt'],
]);
const CONSTRAINT = 19;
/** The shared-memory file could not grow: in practice a full disk. */
const IOERR_SHMSIZE = 4874;

/** What node:sqlite threw, in the store's words. Anything else comes back as it is: our bug. */
export function inStoreWords(error: unknown): unknown {
  const code = errcode(error);
  if (code === null || !(error instanceof Error)) return error;
  if ((code & 0xff) === CONSTRAINT) return taken(error);
  const kind = code === IOERR_SHMSIZE ? 'disk-full' : KINDS.get(code & 0xff);
  if (kind === undefined) return error;
  const advice = kind === 'disk-full' ? 'The disk of the data folder is full: make room there. ' : '';
  return new StoreError(kind, advice + said(error), { cause: error });
}

function said(error: Error): string {
  return `The database says: ${error.message}.`;
}

function errcode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode : null;
}

/** `UNIQUE constraint failed: session.event, session.slug` */
function taken(error: Error): Error {
  const columns = /^UNIQUE constraint failed: (.*)$/.exec(error.message)?.[1];
  if (columns === undefined) return error;
  const what = columns.endsWith('.slug')
    ? 'slug'
    : columns === 'event.prefix'
      ? 'prefix'
      : columns === 'note.uuid' || columns === 'session.note'
        ? 'note'
        : columns.includes('_source.')
          ? 'source-key'
          : 'id';
  return new TakenError(what, `A ${what} is taken (${columns}).`, { cause: error });
}

/** An error on its way from a worker to the main thread; classes do not survive that way. */
export type WireError =
  | { kind: 'store'; store: StoreError['kind']; message: string }
  | { kind: 'taken'; what: TakenError['what']; message: string }
  | { kind: 'durability'; message: string }
  | { kind: 'bug'; message: string; stack: string };

export function toWire(thrown: unknown): WireError {
  const error = inStoreWords(thrown);
  if (error instanceof StoreError) return { kind: 'store', store: error.kind, message: error.message };
  if (error instanceof TakenError) return { kind: 'taken', what: error.what, message: error.message };
  if (error instanceof DurabilityError) return { kind: 'durability', message: error.message };
  if (error instanceof Error) return { kind: 'bug', message: error.message, stack: error.stack ?? '' };
  return { kind: 'bug', message: String(error), stack: '' };
}

export function fromWire(wire: WireError): Error {
  switch (wire.kind) {
    case 'store':
      return new StoreError(wire.store, wire.message);
    case 'taken':
      return new TakenError(wire.what, wire.message);
    case 'durability':
      return new DurabilityError(wire.message);
    case 'bug':
      return new Error(wire.message, { cause: wire.stack });
  }
}
