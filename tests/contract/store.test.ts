import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { systemClock } from '#server/clock.ts';
import { emptyDisk } from '#server/store/memory/disk.ts';
import { memoryStore } from '#server/store/memory.ts';
import { openSqliteStore } from '#server/store/sqlite.ts';
import { KEEPING, type StoreBed } from './store-bed.ts';
import { storeContract } from './store.ts';

storeContract('memory', () => {
  const disk = emptyDisk();
  let now = 1_000_000;
  const note = (noteId: string) => {
    const found = disk.notes.get(noteId.replace(/\.\d+$/, ''));
    if (found === undefined) throw new Error(`no note ${noteId}`);
    return found;
  };
  const flip = (sealed: { seq: number; bytes: Uint8Array }[], seq: number): void => {
    for (const one of sealed)
      if (one.seq === seq) one.bytes = one.bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte));
  };
  return {
    open: () => Promise.resolve(memoryStore({ clock: { now: () => now }, disk, keeping: KEEPING })),
    pass: (ms) => void (now += ms),
    damageRow: (noteId, seq) => flip(note(noteId).rows, seq),
    damageSnapshot: (noteId, seq) => flip(note(noteId).snapshots, seq),
    loseRow: (noteId, seq) => void (note(noteId).rows = note(noteId).rows.filter((row) => row.seq !== seq)),
    renumberRow: (noteId, seq, to) => {
      for (const row of note(noteId).rows) if (row.seq === seq) row.seq = to;
    },
    kept: (noteId) => ({
      rows: note(noteId).rows.map((row) => row.seq),
      snapshots: note(noteId).snapshots.map((snapshot) => snapshot.seq),
    }),
    remove: () => Promise.resolve(),
  };
});

storeContract('SQLite', (): StoreBed => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-store-'));
  let now = 1_000_000;
  const complain = (fields: unknown, message?: string): never => {
    throw new Error(`${message}: ${JSON.stringify(fields)}`);
  };
  const second = <T>(run: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(join(dataDir, 'plumbline.db'), { timeout: 5000 });
    try {
      return run(db);
    } finally {
      db.close();
    }
  };
  const which = 'note = (SELECT id FROM note WHERE uuid = ?)';
  const change = (sql: string, noteId: string, seq: number): void => {
    const { changes } = second((db) =>
      db.prepare(`${sql} WHERE ${which} AND seq = ?`).run(noteId.replace(/\.\d+$/, ''), seq),
    );
    expect(changes).toBe(1);
  };
  // As long as before, so that nothing but the checksum can tell.
  const flipped = (column: string): string => `CAST(substr(${column}, 1, length(${column}) - 1) || x'ee' AS BLOB)`;
  const seqs = (table: string, noteId: string): number[] =>
    second((db) =>
      db.prepare(`SELECT seq FROM ${table} WHERE ${which} ORDER BY seq`).all(noteId.replace(/\.\d+$/, '')),
    ).map((row) => Number(row['seq']));
  return {
    open: () =>
      openSqliteStore({
        dataDir,
        clock: { ...systemClock, now: () => now },
        log: { warn: complain, error: complain },
        keeping: KEEPING,
      }),
    pass: (ms) => void (now += ms),
    damageRow: (noteId, seq) => change(`UPDATE note_update SET payload = ${flipped('payload')}`, noteId, seq),
    damageSnapshot: (noteId, seq) => change(`UPDATE note_snapshot SET state = ${flipped('state')}`, noteId, seq),
    renumberRow: (noteId, seq, to) => change(`UPDATE note_update SET seq = ${to}`, noteId, seq),
    loseRow: (noteId, seq) => change('DELETE FROM note_update', noteId, seq),
    kept: (noteId) => ({ rows: seqs('note_update', noteId), snapshots: seqs('note_snapshot', noteId) }),
    remove: () => Promise.resolve(rmSync(dataDir, { recursive: true })),
  };
});
