import type { Clock } from '../../clock.ts';
import { checksum, matches } from '../checksum.ts';
import { compact } from '../compact.ts';
import { type Keeping, pruneBelow } from '../keeping.ts';
import type { Append, AppendOutcome, LoadedNote, UpdateLog } from '../log.ts';
import { parseNoteId } from '../note-id.ts';
import { type NoteSource, readVerified } from '../verified.ts';
import type { MemoryDisk, MemoryNote } from './disk.ts';
import type { Gate } from './gate.ts';

export class MemoryLog implements UpdateLog {
  readonly #disk: MemoryDisk;
  readonly #gate: Gate;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #keeping: Keeping;

  constructor(disk: MemoryDisk, gate: Gate, clock: Pick<Clock, 'now'>, keeping: Keeping) {
    this.#disk = disk;
    this.#gate = gate;
    this.#clock = clock;
    this.#keeping = keeping;
  }

  load(noteId: string): Promise<LoadedNote | 'old-epoch' | null> {
    return this.#gate.read(() => {
      const note = this.#find(noteId);
      if (note === null || note === 'old-epoch') return note;
      return {
        ...readVerified(sourceOf(noteId, note)),
        headSeq: note.headSeq,
        clients: [...note.clients],
        schemaMin: note.schemaMin,
      };
    });
  }

  append({ noteId, updates, binds }: Append): Promise<AppendOutcome> {
    const rows = updates.map(({ actor, payload }) => ({ actor, bytes: payload.slice() }));
    return this.#gate.write(() => {
      const note = this.#find(noteId);
      if (note === null || note === 'old-epoch') return { kind: 'refused' };
      if (binds.some(([clientId, actor]) => (note.clients.get(clientId) ?? actor) !== actor))
        return { kind: 'refused' };
      for (const [clientId, actor] of binds) note.clients.set(clientId, actor);
      for (const { actor, bytes } of rows) addRow(note, actor, bytes, this.#clock.now());
      return { kind: 'stored', seq: note.headSeq };
    });
  }

  snapshot(noteId: string): Promise<boolean> {
    return this.#gate.write(() => {
      const note = this.#find(noteId);
      if (note === null || note === 'old-epoch') return false;
      const { snapshot, snapshotSeq, tail } = readVerified(sourceOf(noteId, note));
      if (tail.length === 0) return false;
      const bytes = compact(snapshot, tail);
      if (bytes === null) return false;
      const seq = snapshotSeq + tail.length;
      note.snapshots = note.snapshots.filter((old) => old.seq !== seq);
      note.snapshots.push({ seq, bytes, sha256: checksum(bytes), at: this.#clock.now() });
      return true;
    });
  }

  prune(noteId: string): Promise<number> {
    return this.#gate.write(() => {
      const note = this.#find(noteId);
      if (note === null || note === 'old-epoch') return 0;
      const now = this.#clock.now();
      const newestFirst = note.snapshots
        .map(({ seq, at, bytes, sha256 }) => ({ seq, at, good: matches(bytes, sha256) }))
        .reverse();
      const below = pruneBelow(newestFirst, this.#keeping, now);
      if (below === null) return 0;
      const before = note.rows.length + note.snapshots.length;
      note.snapshots = note.snapshots.filter((snapshot) => snapshot.seq >= below);
      note.rows = note.rows.filter((row) => row.seq === 1 || row.seq > below || row.at > now - this.#keeping.ms);
      return before - note.rows.length - note.snapshots.length;
    });
  }

  #find(noteId: string): MemoryNote | 'old-epoch' | null {
    const key = parseNoteId(noteId);
    const note = key === null ? undefined : this.#disk.notes.get(key.uuid);
    if (key === null || note === undefined) return null;
    return note.epoch === key.epoch ? note : 'old-epoch';
  }
}

/** Adds one row after the last. The template of a new note comes in through here too. */
export function addRow(note: MemoryNote, actor: string, bytes: Uint8Array, at: number): void {
  note.headSeq++;
  note.rows.push({ seq: note.headSeq, bytes, sha256: checksum(bytes), actor, at });
}

/** The note as an adapter reads it. */
export function sourceOf(noteId: string, note: MemoryNote): NoteSource {
  return {
    noteId,
    headSeq: note.headSeq,
    snapshots: () => note.snapshots.toReversed(),
    rows: (after) => note.rows.filter((row) => row.seq > after),
  };
}
