import * as Y from 'yjs';

/** What the struct headers of an update say, before anything is applied. */
export type Verdict =
  /** May be applied. `fresh` are clientIDs with new structs that nobody has used in this note yet. */
  | { kind: 'pass'; fresh: number[]; grows: boolean }
  /** Earlier structs of the same clientID are missing here. */
  | { kind: 'gap' }
  /** New structs under a clientID that belongs to another actor. */
  | { kind: 'foreign' }
  /** Not a Yjs update. */
  | { kind: 'unreadable' };

/**
 * Reads the headers only (`parseUpdateMeta` is lazy: a huge declared count fails at the missing byte and allocates nothing).
 * Deletions name no author and are never refused.
 */
export function judge(
  update: Uint8Array,
  clock: (clientId: number) => number,
  owner: (clientId: number) => string | undefined,
  actor: string,
): Verdict {
  let meta: { from: Map<number, number>; to: Map<number, number> };
  try {
    meta = Y.parseUpdateMeta(update);
  } catch {
    return { kind: 'unreadable' };
  }
  const fresh: number[] = [];
  let grows = false;
  let gap = false;
  for (const [clientId, to] of meta.to) {
    const have = clock(clientId);
    if (to <= have) continue;
    const owned = owner(clientId);
    if (owned !== undefined && owned !== actor) return { kind: 'foreign' };
    if ((meta.from.get(clientId) ?? 0) > have) gap = true;
    grows = true;
    if (owned === undefined) fresh.push(clientId);
  }
  return gap ? { kind: 'gap' } : { kind: 'pass', fresh, grows };
}
