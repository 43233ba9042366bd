import { statfsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** The place or the engine cannot keep the promise that what is acked is on disk. The message says what to do. */
export class DurabilityError extends Error {
  readonly kind = 'durability';
}

export interface DurabilityFacts {
  sqlite: string;
  journal: string;
  /** 2 is FULL, 3 is EXTRA. */
  synchronous: number;
}

/** First release without the WAL reset bug, by which two connections could lose a committed transaction. */
const SQLITE_MIN = '3.51.3';

export function readDurability(db: DatabaseSync): DurabilityFacts {
  return {
    sqlite: String(db.prepare('SELECT sqlite_version() AS v').get()?.['v']),
    journal: String(db.prepare('PRAGMA journal_mode').get()?.['journal_mode']),
    synchronous: Number(db.prepare('PRAGMA synchronous').get()?.['synchronous']),
  };
}

/** Throws DurabilityError. */
export function requireDurability(facts: DurabilityFacts): void {
  if (older(facts.sqlite, SQLITE_MIN))
    throw new DurabilityError(
      `SQLite is ${facts.sqlite}, ${SQLITE_MIN} or newer is needed. Use the Node that npm brings.`,
    );
  if (facts.journal !== 'wal')
    throw new DurabilityError(
      `The database uses the journal "${facts.journal}", not WAL. Put DATA_DIR on a local disk.`,
    );
  if (facts.synchronous < 2)
    throw new DurabilityError(
      `SQLite runs with synchronous=${facts.synchronous}; FULL (2) is needed for "Saved" to be true.`,
    );
}

function older(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Linux statfs magic numbers (statfs(2)) of places where locks, shared memory or flushes are not to be trusted. */
const REMOTE: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x786f4256, 'VirtualBox shared folder'],
]);

/** The name of the network file system a folder lies on; null when it is local, or when this system does not say. */
function remoteFileSystem(folder: string): string | null {
  return process.platform === 'linux' ? nameOfRemote(statfsSync(folder).type) : null;
}

export function nameOfRemote(type: number): string | null {
  return REMOTE.get(type >>> 0) ?? null;
}

/** Throws DurabilityError. */
export function requireLocal(folder: string): void {
  const remote = remoteFileSystem(folder);
  if (remote !== null)
    throw new DurabilityError(
      `DATA_DIR (${folder}) is on a network file system (${remote}), where a commit may be lost. Set DATA_DIR to a folder on a local disk.`,
    );
}
