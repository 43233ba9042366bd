import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { NotFoundError } from '../errors.ts';
import type { Log } from '../log.ts';
import { DEFAULT_KEEPING, type Keeping } from './keeping.ts';
import type { StoreError } from './log.ts';
import { requireLocal } from './sqlite/durability.ts';
import { SqliteLog } from './sqlite/log.ts';
import { Workers } from './sqlite/workers.ts';
import type { OutcomeTables } from './outcomes.ts';
import type { Store } from './store.ts';
import type { DeviceTables, EventTables } from './tables.ts';

export interface SqliteParts {
  /** Folder of `plumbline.db`; made when it is not there. The caller holds the lock on it. */
  dataDir: string;
  clock: Clock;
  log: Pick<Log, 'warn' | 'error'>;
  keeping?: Keeping;
  /** For kill tests, as in `faultPoints`. */
  fault?: string | null;
  /**
   * Told once, when the disk failed or the writer died. From then on every write is refused with StoreError `io`, because
   * what a broken disk says cannot be believed. The process should end; the next start reads what is really there.
   */
  onBroken?: (error: StoreError) => void;
}

/**
 * The store in one file, `DATA_DIR/plumbline.db`. All writing is done by one worker, all reading by another; the main thread
 * touches no disk. Rejects with DurabilityError (kind `durability`) when the place or the engine cannot keep what it
 * promises, with StoreError, or with an Error when a newer Plumbline made the file.
 */
export async function openSqliteStore(parts: SqliteParts): Promise<Store> {
  await mkdir(parts.dataDir, { recursive: true });
  requireLocal(parts.dataDir);
  const workers = new Workers({
    path: join(parts.dataDir, 'plumbline.db'),
    fault: parts.fault ?? null,
    log: parts.log,
    onBroken: parts.onBroken ?? (() => undefined),
  });
  await workers.started();
  const log = new SqliteLog({ workers, clock: parts.clock, log: parts.log, keeping: parts.keeping ?? DEFAULT_KEEPING });
  return {
    log,
    events: events(workers, parts.clock),
    devices: devices(workers),
    outcomes: outcomes(workers, log),
    close: () => workers.close(() => log.idle()),
  };
}

function events(workers: Workers, clock: Pick<Clock, 'now'>): EventTables {
  return {
    list: () => workers.read('listEvents', []),
    get: (slug) => workers.read('getEvent', [slug]),
    ofNote: (noteId) => workers.read('ofNote', [noteId]),
    changes: (slug, below, count) => workers.read('changes', [slug, below, count]),
    prefixes: () => workers.read('prefixes', []),
    save: (event, newNotes, changes = []) =>
      workers.write('saveEvent', [event, newNotes, { changes, settles: false, at: clock.now() }]),
    settle: (event, newNotes, changes) =>
      workers.write('saveEvent', [event, newNotes, { changes, settles: true, at: clock.now() }]),
    setMaterials: (sessionId, before, materials) => workers.write('setMaterials', [sessionId, before, materials]),
    setAccess: async (slug, access, changes = []) => {
      const found = await workers.write('setAccess', [slug, access, changes, clock.now()]);
      if (!found) throw new NotFoundError(`There is no event ${slug}.`);
    },
  };
}

function outcomes(workers: Workers, log: SqliteLog): OutcomeTables {
  return {
    number: (noteId, wanted) => workers.write('numberOutcomes', [noteId, wanted]),
    move: (noteId, ids) => workers.write('moveOutcomes', [noteId, ids]),
    find: (short) => workers.read('findOutcome', [short]),
    index: async (noteId) => {
      const read = await log.readOutcomes(noteId);
      if (read !== null) await workers.write('keepOutcomes', [noteId, read.seq, read.outcomes]);
      return read && read.outcomes.length;
    },
    indexed: (eventSlug) => workers.read('indexedOutcomes', [eventSlug]),
  };
}

function devices(workers: Workers): DeviceTables {
  return {
    get: (id) => workers.read('getDevice', [id]),
    setName: (id, name) => workers.write('setName', [id, name]),
    mintOrganizerLink: (sha256) => workers.write('mintLink', [sha256]),
    redeemOrganizerLink: (sha256, deviceId) => workers.write('redeemLink', [sha256, deviceId]),
  };
}
