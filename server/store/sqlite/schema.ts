import { DatabaseSync } from 'node:sqlite';
import { mintPrefix } from '#core/event/prefix.ts';
import { transaction } from './transaction.ts';

/**
 * The shape of the database, one entry per version, only ever added to; each leaves a data folder in
 * tests/fixtures/data-folders. The log's tables are WITHOUT ROWID: a row is found
 * and written in one tree. `note.head_seq` is the head of the log and its fence.
 */
const MIGRATIONS: readonly ((db: DatabaseSync) => void)[] = [
  sql(`
  CREATE TABLE event (
    id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, start TEXT NOT NULL, end TEXT NOT NULL,
    zone TEXT NOT NULL, conference TEXT, venue TEXT, url TEXT,
    access TEXT NOT NULL CHECK (access IN ('loopback', 'open', 'invite', 'closed')),
    description TEXT NOT NULL, topics TEXT NOT NULL, people TEXT NOT NULL, breaks TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event_source (
    event TEXT NOT NULL REFERENCES event (id), position INTEGER NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (event, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE note (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL,
    head_seq INTEGER NOT NULL DEFAULT 0, schema_min INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE actor (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE note_update (
    note INTEGER NOT NULL REFERENCES note (id), epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
    at INTEGER NOT NULL, actor INTEGER NOT NULL REFERENCES actor (id), payload BLOB NOT NULL, sha256 BLOB NOT NULL,
    PRIMARY KEY (note, epoch, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE note_snapshot (
    note INTEGER NOT NULL REFERENCES note (id), epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
    at INTEGER NOT NULL, state BLOB NOT NULL, sha256 BLOB NOT NULL,
    UNIQUE (note, epoch, seq)
  ) STRICT;

  CREATE TABLE note_client (
    note INTEGER NOT NULL REFERENCES note (id), epoch INTEGER NOT NULL, client INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor (id),
    PRIMARY KEY (note, epoch, client)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE session (
    id TEXT PRIMARY KEY, event TEXT NOT NULL REFERENCES event (id), position INTEGER NOT NULL, slug TEXT NOT NULL,
    note INTEGER NOT NULL UNIQUE REFERENCES note (id), title TEXT NOT NULL, topics TEXT NOT NULL, start TEXT,
    minutes INTEGER, room TEXT, people TEXT NOT NULL, url TEXT, gone INTEGER NOT NULL, joined_to TEXT,
    UNIQUE (event, slug)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE session_source (
    event TEXT NOT NULL REFERENCES event (id), key TEXT NOT NULL, position INTEGER NOT NULL,
    session TEXT NOT NULL REFERENCES session (id),
    PRIMARY KEY (event, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE material (
    session TEXT NOT NULL REFERENCES session (id), position INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
    title TEXT NOT NULL, url TEXT NOT NULL, added_by TEXT NOT NULL, added_at TEXT NOT NULL,
    PRIMARY KEY (session, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE device (id TEXT PRIMARY KEY, name TEXT, organizer INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

  CREATE TABLE organizer_link (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `),
  addPrefixes,
  sql(`
  ALTER TABLE event ADD COLUMN last_number INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE outcome (
    event TEXT NOT NULL REFERENCES event (id), number INTEGER NOT NULL, id TEXT NOT NULL, short TEXT NOT NULL UNIQUE,
    note INTEGER NOT NULL REFERENCES note (id),
    PRIMARY KEY (event, number), UNIQUE (event, id)
  ) STRICT, WITHOUT ROWID;
  `),
  sql(`
  CREATE TABLE note_outcomes (
    note INTEGER PRIMARY KEY REFERENCES note (id), epoch INTEGER NOT NULL, seq INTEGER NOT NULL, outcomes TEXT NOT NULL
  ) STRICT;
  `),
  sql(`
  ALTER TABLE event ADD COLUMN settings TEXT NOT NULL
    DEFAULT '{"lists":[],"thread":null,"subject":null,"words":[],"people":[]}';
  `),
  // A log that is only ever added to: not even a bug of ours may change what it says.
  sql(`
  ALTER TABLE event ADD COLUMN own TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE session ADD COLUMN own TEXT NOT NULL DEFAULT '[]';

  CREATE TABLE event_change (
    event TEXT NOT NULL REFERENCES event (id), number INTEGER NOT NULL, at INTEGER NOT NULL,
    actor TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, before TEXT, after TEXT,
    PRIMARY KEY (event, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER event_change_stays BEFORE UPDATE ON event_change
    BEGIN SELECT raise(ABORT, 'a logged change stays as it is'); END;
  CREATE TRIGGER event_change_is_kept BEFORE DELETE ON event_change
    BEGIN SELECT raise(ABORT, 'a logged change is kept'); END;

  CREATE TABLE old_prefix (
    prefix TEXT PRIMARY KEY, event TEXT NOT NULL REFERENCES event (id)
  ) STRICT, WITHOUT ROWID;
  `),
  // Nobody wrote down how what is there was read: 0 is no reading of ours.
  sql('ALTER TABLE note_outcomes ADD COLUMN reading INTEGER NOT NULL DEFAULT 0'),
];

function sql(text: string): (db: DatabaseSync) => void {
  return (db) => db.exec(text);
}

/** Events that were there before are given theirs in the order of their days. */
function addPrefixes(db: DatabaseSync): void {
  db.exec(`ALTER TABLE event ADD COLUMN prefix TEXT NOT NULL DEFAULT ''`);
  const update = db.prepare('UPDATE event SET prefix = ? WHERE id = ?');
  const taken = new Set<string>();
  for (const { id, title, start } of db.prepare('SELECT id, title, start FROM event ORDER BY start, slug').all()) {
    const prefix = mintPrefix(String(title), String(start), (one) => taken.has(one));
    taken.add(prefix);
    update.run(prefix, id ?? null);
  }
  db.exec('CREATE UNIQUE INDEX event_prefix ON event (prefix)');
}

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings the database forward to `to`, one transaction per version. Throws NewerSchemaError. */
export function migrate(db: DatabaseSync, to = SCHEMA_VERSION): void {
  const version = requireKnownSchema(db);
  MIGRATIONS.slice(version, to).forEach((bring, index) => {
    transaction(db, () => {
      bring(db);
      db.exec(`PRAGMA user_version = ${version + index + 1}`);
    });
  });
}

/** A newer Plumbline made the database: what it says to this one nobody knows. */
class NewerSchemaError extends Error {
  readonly kind = 'newer';
}

/** The version of the database. Throws NewerSchemaError. */
export function requireKnownSchema(db: DatabaseSync): number {
  const version = schemaVersion(db);
  if (version > SCHEMA_VERSION)
    throw new NewerSchemaError(
      `A newer Plumbline made this database (version ${version}; this one knows ${SCHEMA_VERSION}). It was left as it is. Use the newer Plumbline, or a backup from before it.`,
    );
  return version;
}

/**
 * The version of a database that is to be brought forward; null when there is nothing in it yet, or nothing to do. Throws
 * NewerSchemaError.
 */
export function olderSchema(path: string): number | null {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    const version = requireKnownSchema(db);
    return version > 0 && version < SCHEMA_VERSION ? version : null;
  } catch (error) {
    if (error instanceof NewerSchemaError) throw error;
    // Whoever opens it next says what is wrong with it.
    return null;
  } finally {
    db?.close();
  }
}

function schemaVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}
