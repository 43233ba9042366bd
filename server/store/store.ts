import type { UpdateLog } from './log.ts';
import type { OutcomeTables } from './outcomes.ts';
import type { DeviceTables, EventTables } from './tables.ts';

/** All that is kept: one store, one writer. Adapters: memory.ts (tests), sqlite.ts. */
export interface Store {
  log: UpdateLog;
  events: EventTables;
  devices: DeviceTables;
  outcomes: OutcomeTables;
  /** Commits what waits, then closes. Calls after it reject with StoreError `closed`. */
  close(): Promise<void>;
}
