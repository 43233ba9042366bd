import type { Store } from '#server/store/store.ts';
import { deviceContract } from './store-devices.ts';
import { eventContract } from './store-events.ts';
import { logContract } from './store-log.ts';
import { recoveryContract } from './store-recovery.ts';

/** One place that keeps data: a temporary folder, or an object in memory. */
export interface StoreBed {
  /** Opens a store on this place; called again after a close it finds what was kept. Starts at clock time 1,000,000. */
  open(): Promise<Store>;
  /** Moves the clock that the stores of this place read, milliseconds. */
  pass(ms: number): void;
  /** Flips a byte of a stored row, as a bad disk would. */
  damageRow(noteId: string, seq: number): void;
  /** Loses a stored row. */
  loseRow(noteId: string, seq: number): void;
  damageSnapshot(noteId: string, seq: number): void;
  /** Which rows and snapshots are kept, by seq. */
  kept(noteId: string): { rows: number[]; snapshots: number[] };
  remove(): Promise<void>;
}

/** Snapshots kept and for how long, in every store of the contract. */
export const KEEPING = { ms: 1000, snapshots: 3 };

/** What every store must keep, whatever it keeps it in. */
export function storeContract(name: string, makeBed: () => StoreBed): void {
  logContract(name, makeBed);
  recoveryContract(name, makeBed);
  eventContract(name, makeBed);
  deviceContract(name, makeBed);
}
