import { backup, DatabaseSync } from 'node:sqlite';
import { openReader } from './connection.ts';
import { transaction } from './transaction.ts';

/** All pages in one step: a step that ends is begun anew whenever the server writes, and a busy one would never be done. */
const ALL_PAGES = 2 ** 31 - 1;

/** Copies the database as one moment of it, also while a server writes to it. Waits for nobody and makes nobody wait. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = openReader(from);
  try {
    await backup(source, to, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
}

/**
 * Raises the epoch of every note: browsers that know more than this database must not pour it into it, half of it in other people's
 * names. They are told, and offer what they had not sent.
 */
export function beginNewEpochs(path: string): void {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true });
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    transaction(db, () => {
      for (const table of ['note_update', 'note_snapshot', 'note_client'])
        db.exec(
          `UPDATE ${table} SET epoch = epoch + 1 WHERE epoch = (SELECT note.epoch FROM note WHERE note.id = ${table}.note)`,
        );
      db.exec('UPDATE note SET epoch = epoch + 1');
    });
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}
