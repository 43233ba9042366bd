import { matches } from './checksum.ts';
import { StoreError } from './log.ts';

/** Bytes as they lie in the store, with the SHA-256 that was written beside them. */
export interface Sealed {
  seq: number;
  bytes: Uint8Array;
  sha256: Uint8Array;
}

/** One note as an adapter reads it, in one consistent view. */
export interface NoteSource {
  noteId: string;
  headSeq: number;
  /** Newest first. Read one by one, as the newest is nearly always good. */
  snapshots(): Iterable<Sealed>;
  /** Rows with seq > after, in order. */
  rows(after: number): Iterable<Sealed>;
}

/** A note whose every byte was checked. */
export interface VerifiedNote {
  snapshot: Uint8Array | null;
  snapshotSeq: number;
  tail: Uint8Array[];
  template: Uint8Array;
}

/** A Yjs update that says nothing. */
const EMPTY_UPDATE = new Uint8Array([0, 0]);

/**
 * Newest good snapshot with its tail. A snapshot whose checksum fails is passed over for the next older one; rows above
 * that are still there, because pruning keeps them. Throws StoreError `corrupt` when nothing good and whole is left.
 */
export function readVerified(source: NoteSource): VerifiedNote {
  for (const snapshot of source.snapshots()) {
    if (!matches(snapshot.bytes, snapshot.sha256)) continue;
    const tail = readTail(source, snapshot.seq);
    return { snapshot: snapshot.bytes, snapshotSeq: snapshot.seq, tail, template: readTemplate(source) };
  }
  const tail = readTail(source, 0);
  return { snapshot: null, snapshotSeq: 0, tail, template: tail[0] ?? EMPTY_UPDATE };
}

function readTail(source: NoteSource, after: number): Uint8Array[] {
  const tail: Uint8Array[] = [];
  let seq = after;
  for (const row of source.rows(after)) {
    seq++;
    if (row.seq !== seq) throw corrupt(source, `row ${seq} is missing`);
    if (!matches(row.bytes, row.sha256)) throw corrupt(source, `the checksum of row ${seq} fails`);
    tail.push(row.bytes);
  }
  if (seq !== source.headSeq) throw corrupt(source, `it ends at row ${seq}, not at ${source.headSeq}`);
  return tail;
}

/** Row 1. When only that row is damaged the text is whole, so the note is served and counts as written in. */
function readTemplate(source: NoteSource): Uint8Array {
  for (const row of source.rows(0)) {
    if (row.seq === 1 && matches(row.bytes, row.sha256)) return row.bytes;
    break;
  }
  return EMPTY_UPDATE;
}

function corrupt(source: NoteSource, what: string): StoreError {
  return new StoreError('corrupt', `Note ${source.noteId} is damaged on disk: ${what}.`);
}
