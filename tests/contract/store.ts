import type { StoreBed } from './store-bed.ts';
import { deviceContract } from './store-devices.ts';
import { eventContract } from './store-events.ts';
import { outcomeContract } from './store-outcomes.ts';
import { logContract } from './store-log.ts';
import { recoveryContract } from './store-recovery.ts';

/** What every store must keep, whatever it keeps it in. */
export function storeContract(name: string, makeBed: () => StoreBed): void {
  logContract(name, makeBed);
  recoveryContract(name, makeBed);
  eventContract(name, makeBed);
  deviceContract(name, makeBed);
  outcomeContract(name, makeBed);
}
