import * as encoding from 'lib0/encoding';

/** How a server wraps the messages of the y-websocket protocol, and where on it a note lives. */
export interface Dialect {
  /** Written before every message, skipped at the head of every message received. */
  prefix: Uint8Array;
  /** Sent first; the server's answer to it (a message of type 2) must come before anything else is said. */
  hello: Uint8Array | null;
}

export type DialectName = 'y-websocket' | 'hocuspocus';

export const SYNC = 0;
const AWARENESS = 1;
export const AUTH = 2;
/** Hocuspocus answers sync-step-1 with its own sync-step-1 under this type. */
export const SYNC_REPLY = 4;
export const ACK = 100;

export const STEP_1 = 0;
export const STEP_2 = 1;
export const UPDATE = 2;

export function dialectOf(name: DialectName, noteName: string): Dialect {
  if (name === 'y-websocket') return { prefix: new Uint8Array(0), hello: null };
  const prefix = encoding.encode((encoder) => encoding.writeVarString(encoder, noteName));
  const hello = encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, prefix);
    encoding.writeVarUint(encoder, AUTH);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, 'bench');
  });
  return { prefix, hello };
}

/** A sync message of the given kind around a state vector or an update. */
export function syncMessage(dialect: Dialect, kind: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, dialect.prefix);
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

/** One peer's presence as y-protocols writes it. */
export function awarenessMessage(dialect: Dialect, clientId: number, clock: number, state: string): Uint8Array {
  const entries = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, state);
  });
  return encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, dialect.prefix);
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, entries);
  });
}
