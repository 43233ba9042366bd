import type { DatabaseSync } from 'node:sqlite';

/** Everything `run` does is written, or nothing. */
export function transaction<T>(db: DatabaseSync, run: () => T, beforeCommit: () => void = () => undefined): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = run();
    beforeCommit();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** One consistent view for everything `run` reads. */
export function view<T>(db: DatabaseSync, run: () => T): T {
  db.exec('BEGIN');
  try {
    return run();
  } finally {
    if (db.isTransaction) db.exec('COMMIT');
  }
}
