import type { Clock } from '../clock.ts';
import { DEFAULT_KEEPING, type Keeping } from './keeping.ts';
import { MemoryDevices } from './memory/devices.ts';
import { emptyDisk, type MemoryDisk } from './memory/disk.ts';
import { MemoryEvents } from './memory/events.ts';
import { Gate } from './memory/gate.ts';
import { MemoryLog } from './memory/log.ts';
import { MemoryOutcomes } from './memory/outcomes.ts';
import type { Store } from './store.ts';

export interface MemoryParts {
  clock: Pick<Clock, 'now'>;
  /** What survives the process in a simulation: open a second store on the same disk to restart. A new one by default. */
  disk?: MemoryDisk;
  keeping?: Keeping;
  /**
   * Awaited before each write takes effect, so that a simulation decides when a commit lands. Rejecting with a StoreError
   * makes that write fail with nothing written. At once by default.
   */
  commit?: () => Promise<void>;
}

/** The whole promise of the store, kept in memory: for tests and simulations. */
export function memoryStore(parts: MemoryParts): Store {
  const gate = new Gate(parts.commit);
  const disk = parts.disk ?? emptyDisk();
  return {
    log: new MemoryLog(disk, gate, parts.clock, parts.keeping ?? DEFAULT_KEEPING),
    events: new MemoryEvents(disk, gate, parts.clock),
    devices: new MemoryDevices(disk, gate),
    outcomes: new MemoryOutcomes(disk, gate),
    close: () => gate.close(),
  };
}
