/** How long what newer snapshots replace stays. The newest two snapshots that verify stay for ever. */
export interface Keeping {
  /** Rows and snapshots younger than this stay, milliseconds. */
  ms: number;
  /** No more snapshots than this, however young. At least 2. */
  snapshots: number;
}

export const DEFAULT_KEEPING: Keeping = { ms: 7 * 24 * 3600_000, snapshots: 20 };

export interface KeptSnapshot {
  seq: number;
  /** Milliseconds since the epoch. */
  at: number;
  /** Its checksum was read again and holds. */
  good: boolean;
}

/**
 * Snapshots with seq below the answer may go, and rows with seq at or below it once they are past their time: a note can
 * always be rebuilt from two snapshots. null when nothing may go, as while fewer than two are good.
 */
export function pruneBelow(newestFirst: readonly KeptSnapshot[], keeping: Keeping, now: number): number | null {
  const good = newestFirst.filter((snapshot) => snapshot.good);
  if (good.length < 2) return null;
  const kept = good.filter(
    (snapshot, index) => index < 2 || (index < keeping.snapshots && snapshot.at > now - keeping.ms),
  );
  return kept.at(-1)?.seq ?? null;
}
