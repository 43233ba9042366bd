import { DatabaseSync } from 'node:sqlite';
import { readDurability, requireDurability } from './durability.ts';
import { migrate } from './schema.ts';

/** Another program may hold the file for a moment (a backup, the shell); wait so long, in milliseconds. */
const BUSY_MS = 5000;

/**
 * The one connection that writes. Throws DurabilityError, StoreError's cause, or NewerSchemaError.
 * @param path of the database file; made when it is not there.
 */
export function openWriter(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  // fullfsync matters on macOS alone, where a plain fsync leaves the bytes in the drive's cache.
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA cache_size = -16000;
  `);
  requireDurability(readDurability(db));
  migrate(db);
  return db;
}

/** Sees what the writer committed; cannot write. */
export function openReader(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: BUSY_MS, readOnly: true });
  db.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;');
  return db;
}
