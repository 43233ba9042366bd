/** What the engine counts since it started; the edge turns it into metrics. Lengths in milliseconds, sizes in bytes. */
export interface Counters {
  framesIn: number;
  updatesCommitted: number;
  commits: number;
  commitMs: number;
  storeErrors: number;
  lastStoreError: string | null;
  /** Packets handed to sockets, one per peer. */
  packetsOut: number;
  /** How often the server closed a peer, by reason. */
  closes: Map<string, number>;
}

export function newCounters(): Counters {
  return {
    framesIn: 0,
    updatesCommitted: 0,
    commits: 0,
    commitMs: 0,
    storeErrors: 0,
    lastStoreError: null,
    packetsOut: 0,
    closes: new Map(),
  };
}
