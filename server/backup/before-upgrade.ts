import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDatabase } from '../store/sqlite/copy.ts';
import { olderSchema } from '../store/sqlite/schema.ts';
import { DATABASE, flush, namesIn } from './parts.ts';

/** Where databases are kept as they were before a newer Plumbline brought them forward. */
const KEPT = 'before-upgrade';

/**
 * Keeps a copy of a database that an earlier Plumbline made, before this one changes its shape. Images are not copied: no upgrade
 * touches them. Resolves with the path of the copy; null when there is nothing to bring forward. The caller holds the lock.
 */
export async function keepBeforeUpgrade(dataDir: string, now: string): Promise<string | null> {
  if (!(await namesIn(dataDir)).includes(DATABASE)) return null;
  const version = olderSchema(join(dataDir, DATABASE));
  if (version === null) return null;
  await mkdir(join(dataDir, KEPT), { recursive: true, mode: 0o700 });
  const copy = join(dataDir, KEPT, `schema-${version}-${now.replaceAll(':', '-')}.db`);
  const making = `${copy}.making`;
  await rm(making, { force: true });
  await copyDatabase(join(dataDir, DATABASE), making);
  await flush(making);
  await rename(making, copy);
  await flush(join(dataDir, KEPT));
  return copy;
}
