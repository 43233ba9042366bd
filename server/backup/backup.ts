import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../errors.ts';
import { copyFolder } from './copy-folder.ts';
import { DATABASE, flush, namesIn } from './parts.ts';
import { type Verified, verifyFolder } from './verify.ts';

/**
 * Copies all that a data folder holds, as one moment of it, into a folder that is not there yet; the server may run meanwhile. The copy
 * is read whole before it gets its name: a folder of that name is a backup, and half of one never has it. Throws InputError
 * when there is nothing to copy or the place is taken.
 */
export async function makeBackup(dataDir: string, folder: string): Promise<Verified> {
  const target = resolve(folder);
  await requireData(dataDir);
  await requireFree(folder, target);
  await mkdir(dirname(target), { recursive: true });
  const making = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    await copyFolder(dataDir, making);
    const verified = await verifyFolder(making);
    await putInPlace(making, target);
    return verified;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/**
 * Puts a backup into a data folder that has no database yet. Throws InputError when it has one, or when the backup is damaged; then
 * nothing is written. The caller holds the lock of the data folder.
 */
export async function restoreBackup(
  backup: string,
  dataDir: string,
  prepare: (database: string) => void,
): Promise<Verified> {
  const verified = await verifyFolder(backup);
  const lost = verified.findings.filter((finding) => finding.lost);
  if (lost[0])
    throw new InputError(
      backup,
      `This backup is damaged (${lost[0].where}: ${lost[0].what}). plumbline verify says all of it.`,
    );
  const names = await namesIn(dataDir);
  if (names.includes(DATABASE))
    throw new InputError(
      dataDir,
      `There is a ${DATABASE} in the data folder already. Move the folder away first, or set DATA_DIR to another.`,
    );
  const making = await mkdtemp(join(dataDir, '.restoring-'));
  try {
    await copyFolder(backup, making);
    prepare(join(making, DATABASE));
    // The database last: without it the folder holds no data, and restoring begins anew.
    for (const name of (await namesIn(making)).toSorted(
      (one, other) => Number(one === DATABASE) - Number(other === DATABASE),
    ))
      await rename(join(making, name), join(dataDir, name));
    await flush(dataDir);
    return verified;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Throws InputError when something is in the folder already. */
export async function requireFree(folder: string, target: string): Promise<void> {
  if ((await namesIn(target)).length > 0)
    throw new InputError(folder, 'There is something in this folder already. Name one that is empty or not there yet.');
}

/** Throws InputError when the folder holds no database. */
export async function requireData(dataDir: string): Promise<void> {
  if (!(await namesIn(dataDir)).includes(DATABASE))
    throw new InputError('DATA_DIR', `There is no ${DATABASE} in ${dataDir}. DATA_DIR names the folder to read.`);
}

/** An empty folder of that name gives way. */
export async function putInPlace(made: string, target: string): Promise<void> {
  await rmdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(made, target);
  await flush(dirname(target));
}
