import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from './clock.ts';
import { inStoreWords } from './store/sqlite/errors.ts';
import { writeIfRoom } from './write-if-room.ts';

/** How long a start waits for the process before it to let go, in milliseconds. */
export const LOCK_WAIT = 20_000;
const LOCK_RETRY = 100;

/** Held while this process owns the data folder. */
export interface FolderLock {
  release(): void;
}

/** Another process owns the folder. `holder` is its pid as far as that process wrote it down. */
export class FolderHeldError extends Error {
  readonly kind = 'held';
  readonly holder: number | null;
  constructor(dataDir: string, holder: number | null) {
    const who = holder === null ? 'another process' : `process ${holder}`;
    super(`The data folder ${dataDir} is in use by ${who}. Stop it first, or set DATA_DIR to another folder.`);
    this.holder = holder;
  }
}

/**
 * Makes the folder when it is missing and becomes its one owner. The lock is an exclusive SQLite transaction on a file of its
 * own, so the operating system drops it with the process however that ends: a stale lock cannot exist, and no pid is guessed at.
 * Throws FolderHeldError at once when somebody else holds it, StoreError when the disk does not let it be locked.
 */
export function lockFolder(dataDir: string, pid: number): FolderLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const note = join(dataDir, 'lock.pid');
  const database = new DatabaseSync(join(dataDir, 'lock.sqlite'), { timeout: 0 });
  try {
    // Nothing is ever written there: without a journal on disk it can be locked on a full one too.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) throw new FolderHeldError(dataDir, readPid(note));
    throw inStoreWords(error);
  }
  writeIfRoom(note, `${pid}\n`);
  return {
    release() {
      rmSync(note, { force: true });
      database.close();
    },
  };
}

/** As lockFolder, but gives the process before it `wait` milliseconds to end. */
export async function waitForFolder(dataDir: string, pid: number, clock: Clock, wait = LOCK_WAIT): Promise<FolderLock> {
  const deadline = clock.elapsed() + wait;
  for (;;) {
    try {
      return lockFolder(dataDir, pid);
    } catch (error) {
      if (!(error instanceof FolderHeldError) || clock.elapsed() >= deadline) throw error;
      await new Promise<void>((resume) => clock.after(LOCK_RETRY, resume));
    }
  }
}

function readPid(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** SQLITE_BUSY (5) and its extended codes. */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === 5
  );
}
