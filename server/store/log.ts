/**
 * The append-only log of notes: the truth of every note. One writer. A note is named by its noteId (`<uuid>.<epoch>`): one
 * id, one history. Rows carry a sequence number from 1 without holes and a SHA-256 over the payload, checked at each read.
 */
export interface NewUpdate {
  /** Who wrote it, from the server's own knowledge (a device id, `unnamed`, or `server`), never from the client. */
  actor: string;
  /** Yjs v1 update, the received bytes. */
  payload: Uint8Array;
}

/** Rows and clientID bindings for one note. All appends that wait together are committed in one transaction. */
export interface Append {
  noteId: string;
  updates: NewUpdate[];
  /** clientIDs seen for the first time in this note, with the actor they are bound to from now on. */
  binds: [clientId: number, actor: string][];
}

export type AppendOutcome =
  /** On disk. `seq` is the number of the last row. */
  | { kind: 'stored'; seq: number }
  /** No row was written: the note is unknown, deleted, locked or of another epoch. */
  | { kind: 'refused' };

export interface LoadedNote {
  /** Newest verified snapshot, a Yjs v1 update of the whole state up to `snapshotSeq`; null before the first. */
  snapshot: Uint8Array | null;
  snapshotSeq: number;
  /** Payloads with seq > snapshotSeq, in order. */
  tail: Uint8Array[];
  headSeq: number;
  /** clientID bindings of this note. */
  clients: [clientId: number, actor: string][];
  /** Oldest editor schema that may write. */
  schemaMin: number;
  /** The update the server wrote when it created the note (seq 1): what "no notes" is measured against. */
  template: Uint8Array;
}

export interface UpdateLog {
  /**
   * Reads a note in one consistent view. `null` when no note has this id, `old-epoch` when the note lives on under another.
   * Throws StoreError `corrupt` when a checksum fails and no older snapshot with its tail can rebuild the note.
   */
  load(noteId: string): Promise<LoadedNote | 'old-epoch' | null>;
  /**
   * Resolves only after the commit has reached the disk (`synchronous=FULL`). Calls that wait while a transaction runs share
   * the next one. Rejects with StoreError when nothing was written; appending the same bytes again is then safe.
   */
  append(append: Append): Promise<AppendOutcome>;
  /**
   * Makes and stores a snapshot of everything committed so far: rebuilt from the log with gc, encoded, loaded again and
   * compared before it counts. Does not delete rows. False when there is nothing new or the result did not verify.
   */
  snapshot(noteId: string): Promise<boolean>;
  /** Deletes rows and snapshots that newer verified snapshots have made unnecessary and that are past their keeping time. */
  prune(noteId: string): Promise<number>;
}

/** The world's fault: the disk is full, broken or lying. Keep the data, retry, tell people. */
export class StoreError extends Error {
  readonly kind: 'disk-full' | 'io' | 'corrupt' | 'busy' | 'closed';
  constructor(kind: StoreError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
