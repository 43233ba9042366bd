/**
 * Hocuspocus with its Database extension as published and as its documentation shows it, defaults kept. The queries are on
 * node:sqlite because better-sqlite3, which its own SQLite extension uses, aborts on Node 24.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

interface Loaded {
  documentName: string;
}
interface Stored extends Loaded {
  state: Uint8Array;
}
interface HocuspocusModule {
  Server: new (options: { port: number; address: string; quiet: boolean; extensions: unknown[] }) => {
    listen(): Promise<unknown>;
  };
}
interface DatabaseModule {
  Database: new (queries: {
    fetch(data: Loaded): Promise<Uint8Array | null>;
    store(data: Stored): Promise<void>;
  }) => unknown;
}

const db = new DatabaseSync(join(process.env.DATA_DIR ?? '.', 'hocuspocus.sqlite'));
db.exec('PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, data BLOB NOT NULL)');
const select = db.prepare('SELECT data FROM documents WHERE name = ?');
const upsert = db.prepare(
  'INSERT INTO documents (name, data) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET data = excluded.data',
);

// The names are variables because the packages are installed for the bench alone: the type check of the project runs without them.
const [serverPackage, databasePackage] = ['@hocuspocus/server', '@hocuspocus/extension-database'];
const { Server } = (await import(serverPackage)) as HocuspocusModule;
const { Database } = (await import(databasePackage)) as DatabaseModule;

const database = new Database({
  async fetch({ documentName }) {
    const data = select.get(documentName)?.data;
    return data instanceof Uint8Array ? data : null;
  },
  async store({ documentName, state }) {
    upsert.run(documentName, state);
  },
});

await new Server({
  port: Number(process.env.PORT),
  address: '127.0.0.1',
  quiet: true,
  extensions: [database],
}).listen();
