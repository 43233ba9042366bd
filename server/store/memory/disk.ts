import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import type { Sealed } from '../verified.ts';
import type { Device, EventRecord, LoggedChange } from '../tables.ts';

/** What a memory store keeps. Tests may damage its bytes as a bad disk would. */
export interface MemoryDisk {
  /** By uuid. */
  notes: Map<string, MemoryNote>;
  /** By event id. */
  events: Map<string, EventRecord>;
  devices: Map<string, Device>;
  /** Those that have a number; the n-th of an event has the number n. */
  outcomes: MemoryOutcome[];
  /** By event id, oldest first. */
  changes: Map<string, LoggedChange[]>;
  /** Prefixes that events had when outcomes were numbered, with the event's id. */
  oldPrefixes: Map<string, string>;
  /** Hash of the link that waits to be used. */
  organizerLink: string | null;
}

export interface MemoryNote {
  epoch: number;
  headSeq: number;
  schemaMin: number;
  rows: (Sealed & { at: number; actor: string })[];
  /** Oldest first. */
  snapshots: (Sealed & { at: number })[];
  /** As they were read last, up to a row. */
  outcomes: { seq: number; outcomes: Outcome[] };
  clients: Map<number, string>;
}

export interface MemoryOutcome {
  /** Id of the event. */
  event: string;
  id: string;
  short: string;
  /** Uuid of the note. */
  note: string;
}

export function emptyDisk(): MemoryDisk {
  return {
    notes: new Map(),
    events: new Map(),
    devices: new Map(),
    outcomes: [],
    changes: new Map(),
    oldPrefixes: new Map(),
    organizerLink: null,
  };
}
