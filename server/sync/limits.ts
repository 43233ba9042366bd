/**
 * Every limit of the sync engine, with its reason. `LIMITS=off` (loopback only, for measurement) replaces the ones about
 * people, rates and the size of a note by Infinity; the ones that protect memory from one peer stay.
 */
export interface Limits {
  /** Largest message, bytes. A note of a day fits many times; an offline copy of a long note comes as one sync-step-2. */
  messageBytes: number;
  /** Beginnings of messages, of all peers that come one way, bytes. A hundred offline copies of a hundred kilobytes at once. */
  unfinishedBytes: number;
  /** Update and presence frames per second, and how many may come at once. A fast typist makes 15 keys and 15 carets a second. */
  framesPerSecond: number;
  frameBurst: number;
  /** What a sync-step-1 counts for: its answer may cost an encoding of the whole note, 0.1 s for a long one. Honest peers ask once. */
  askFrames: number;
  /** Bytes per second and at once: pasting a log is one burst, streaming a file is not what a note is for. */
  bytesPerSecond: number;
  byteBurst: number;
  /** New clientIDs in one update. A page load is one; whoever was away for long brings some; each is a row and lengthens every question. */
  newClientIds: number;
  /** Presence of one peer, bytes of JSON. A caret is about 260. */
  presenceBytes: number;
  /** Gapped updates held for one peer until the gap closes: bytes and milliseconds. */
  heldBytes: number;
  heldMs: number;
  /** State of one note, bytes. Above it a note is refused growth: every reader would have to load it. */
  noteBytes: number;
  /** Writers and peers in one room. A full lecture hall with a phone and a laptop each. */
  writersPerRoom: number;
  peersPerRoom: number;
  /** Peers from one address: a conference's whole network often is one. */
  peersPerAddress: number;
  /** Bytes waiting for a slow reader before presence is left out, and before it is closed and asked to come again. */
  queuedBytesPresence: number;
  queuedBytesClose: number;
  /** Bytes of updates waiting in a room for the store before its writers are paused. */
  roomQueueBytes: number;
}

export const LIMITS: Limits = {
  messageBytes: 1_000_000,
  unfinishedBytes: 10_000_000,
  framesPerSecond: 60,
  frameBurst: 300,
  askFrames: 50,
  bytesPerSecond: 256_000,
  byteBurst: 2_000_000,
  newClientIds: 1_000,
  presenceBytes: 2_000,
  heldBytes: 1_000_000,
  heldMs: 10_000,
  noteBytes: 5_000_000,
  writersPerRoom: 300,
  peersPerRoom: 2_000,
  peersPerAddress: 2_000,
  queuedBytesPresence: 256_000,
  queuedBytesClose: 4_000_000,
  roomQueueBytes: 8_000_000,
};

export const LIMITS_OFF: Limits = {
  ...LIMITS,
  framesPerSecond: Infinity,
  frameBurst: Infinity,
  bytesPerSecond: Infinity,
  byteBurst: Infinity,
  noteBytes: Infinity,
  writersPerRoom: Infinity,
  peersPerRoom: Infinity,
  peersPerAddress: Infinity,
};

/** How long things take by design, milliseconds. */
export const TIMES = {
  /** A stock client gives up after 30 s without a message; it gets one at least this often. */
  keepAlive: 15_000,
  /** How often quiet peers and held updates are looked at. */
  sweep: 2_500,
  /** Presence of a room goes out at most this often, of a full room less often; a change waits a while for text to ride with. */
  presence: 50,
  presenceOfMany: 100,
  presenceWait: 50,
  /** The list of people goes out at most this often. */
  here: 1_000,
  /** How long the same bytes are offered to a failing store, and the pause between two tries. */
  storeRetry: 5_000,
  storePause: 100,
  /** A room without peers stays loaded this long: a reload must not read the log again. */
  linger: 30_000,
  /** After a load from the log: those who open the note together get its text before anything else is computed. */
  askAfterLoad: 150,
  /** SIGTERM: sockets are closed in this many slices over this time, so that not all come back at once. */
  drainSlices: 20,
  drain: 4_000,
} as const;

/**
 * A snapshot is made when the log behind the last one has grown by so many rows, yet not more often than every `ms`: it costs
 * a core a moment, and a busy note would have one every few seconds. Beyond `rowsInHaste` or `bytes` it is made at once.
 */
export const SNAPSHOT_AFTER = {
  rows: 500,
  rowsAtUnload: 20,
  ms: 30_000,
  rowsInHaste: 5_000,
  bytes: 1_000_000,
} as const;
