import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../store/log.ts';
import { copyDatabase } from '../store/sqlite/copy.ts';
import { inStoreWords } from '../store/sqlite/errors.ts';
import { olderSchema } from '../store/sqlite/schema.ts';
import { DATABASE, flush, namesIn } from './parts.ts';

/** Where databases are kept as they were before a newer Plumbline brought them forward. */
const KEPT = 'before-upgrade';
/** What a copy is called until all of it is on disk. */
const MAKING = '.making';

/**
 * Keeps a copy of a database that an earlier Plumbline made, before this one changes its shape. Images are not copied: no upgrade
 * touches them. Resolves with the path of the copy; null when there is nothing to bring forward. Throws NewerSchemaError
 * when a newer one made it, and StoreError when it cannot be copied; nothing is changed then. The caller holds the lock.
 */
export async function keepBeforeUpgrade(dataDir: string, now: string): Promise<string | null> {
  if (!(await namesIn(dataDir)).includes(DATABASE)) return null;
  const version = olderSchema(join(dataDir, DATABASE));
  if (version === null) return null;
  const folder = join(dataDir, KEPT);
  const copy = join(folder, `schema-${version}-${now.replaceAll(':', '-')}.db`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Of a start that was killed.
    await removeHalves(folder);
    await copyDatabase(join(dataDir, DATABASE), copy + MAKING);
    await flush(copy + MAKING);
    await rename(copy + MAKING, copy);
    await flush(folder);
    return copy;
  } catch (error) {
    await removeHalves(folder).catch(() => undefined);
    throw notKept(error, folder);
  }
}

async function removeHalves(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) if (name.includes(MAKING)) await rm(join(folder, name), { force: true });
}

function notKept(error: unknown, folder: string): unknown {
  const said = inStoreWords(error);
  if (!(said instanceof Error) || (!(said instanceof StoreError) && !('code' in said))) return error;
  const full = said instanceof StoreError ? said.kind === 'disk-full' : said.code === 'ENOSPC';
  return new StoreError(
    full ? 'disk-full' : 'io',
    'An earlier Plumbline made this database, and it could not be copied before it is brought forward, so nothing was ' +
      `changed. ${full ? `Make room for a copy in ${folder}.` : said.message}`,
    { cause: error },
  );
}
