import { KEEP_PATIENCE_MS, type CopyState, type Keeping } from './local-copy.ts';
import type { Link } from './server-link.ts';
import type { FinalClose, Trouble } from './trouble.ts';

/** A wait this short is not worth a word. */
const SAVING_SHOWN_MS = 400;
/** A link that comes back within this time was no trouble. */
const TROUBLE_SHOWN_MS = 2_000;
/** A change that waits for so long is not saved, whatever the link looks like. Under the promised 8 s. */
const UNSAVED_SHOWN_MS = 7_500;

/** Where changes are until the server has them: in this browser's storage, or in this tab alone. */
export type Kept = 'browser' | 'tab';

/** How many of the unsaved changes are on their way to this browser's storage, and not there yet. */
interface OnTheirWay {
  keeping?: number;
}

/**
 * What is true of the text right now. `at` and `since` are in `clock.now()`, `nextTryAt` in `clock.elapsed()`; `changes` counts what
 * is not saved, `since` is when the first of it was made, null when that was in an earlier visit.
 */
export type SaveState =
  /** Nothing is known yet: the first exchange with the server is under way. */
  | { kind: 'opening' }
  /** Everything is on the server's disk. `requests`: it went by plain requests, for lack of a WebSocket. */
  | { kind: 'saved'; at: number; requests?: true }
  /** Frames went out less than 400 ms ago. `at`: when everything was last saved. */
  | { kind: 'writing'; changes: number; at: number | null }
  | { kind: 'saving'; changes: number }
  /** No connection. Writing goes on. */
  | ({ kind: 'offline'; changes: number; since: number | null; kept: Kept; nextTryAt: number | null } & OnTheirWay)
  /** There is a network but the server does not save. */
  | ({
      kind: 'not-saved';
      changes: number;
      since: number | null;
      kept: Kept;
      nextTryAt: number | null;
      why: Trouble['why'];
    } & OnTheirWay)
  /** The server will not take this tab back. The text stays here, to be copied. */
  | { kind: 'refused'; changes: number; kept: Kept; close: FinalClose };

export interface SaveFacts {
  link: Link;
  trouble: Trouble | null;
  allSaved: boolean;
  /** A frame, be it an empty one, waits for its ack. */
  waiting: boolean;
  unsaved: number;
  /** When the oldest unsaved change was made, and when opening began: `clock.elapsed()`. */
  unsavedSince: number | null;
  /** As `unsavedSince`, in `clock.now()`; null for changes of an earlier visit. */
  unsavedAt: number | null;
  openedAt: number;
  savedAt: number | null;
  online: boolean;
  copy: CopyState;
  keeping: Keeping | null;
  elapsed: number;
}

export interface Shown {
  state: SaveState;
  /** When to look again although nothing happened, `clock.elapsed()`; null: never. */
  lookAt: number | null;
}

/** CL2: *saved* is never shown while a change or frame is unacked; trouble is shown within 8 s. */
export function saveState(facts: SaveFacts): Shown {
  const { link, unsaved } = facts;
  if (link.kind === 'ended') {
    const kept = facts.copy === 'kept' && !facts.keeping ? 'browser' : 'tab';
    return final({ kind: 'refused', changes: unsaved, kept, close: link.close });
  }
  if (facts.allSaved) return final(saved(facts));
  const troubleAt = troubleShownAt(facts);
  if (troubleAt !== null && facts.elapsed >= troubleAt) return troubled(facts);
  const calm = stillCalm(facts);
  return { state: calm.state, lookAt: earliest(calm.lookAt, troubleAt) };
}

function saved({ savedAt, link }: SaveFacts): SaveState {
  const requests = link.kind === 'open' && link.way === 'requests';
  return { kind: 'saved', at: savedAt ?? 0, ...(requests && { requests }) };
}

function final(state: SaveState): Shown {
  return { state, lookAt: null };
}

/** When it becomes worth saying that something is wrong; null while nothing is. */
function troubleShownAt(facts: SaveFacts): number | null {
  const { unsavedSince, online } = facts;
  if (!online) return 0;
  return earliest(linkTroubleAt(facts), unsavedSince === null ? null : unsavedSince + UNSAVED_SHOWN_MS);
}

function linkTroubleAt({ trouble, link, openedAt }: SaveFacts): number | null {
  if (trouble) return trouble.since + TROUBLE_SHOWN_MS;
  return link.kind === 'open' ? null : openedAt + TROUBLE_SHOWN_MS;
}

function troubled(facts: SaveFacts): Shown {
  const { link, trouble, unsaved: changes, unsavedAt: since, online, copy, keeping, elapsed } = facts;
  const nextTryAt = link.kind === 'waiting' ? link.nextTryAt : null;
  // A browser that takes this long to write is not said to keep anything.
  const lateAt = copy === 'kept' && keeping ? keeping.since + KEEP_PATIENCE_MS : null;
  const late = lateAt !== null && elapsed >= lateAt;
  const kept: Kept = copy === 'kept' && !late ? 'browser' : 'tab';
  const where = {
    changes,
    since,
    kept,
    nextTryAt,
    ...(lateAt !== null && !late && { keeping: keeping?.changes ?? 0 }),
  };
  const lookAt = late ? null : lateAt;
  if (!online) return { state: { kind: 'offline', ...where }, lookAt };
  const why = trouble?.why ?? (link.kind === 'open' ? 'no-answer' : 'unreachable');
  return { state: { kind: 'not-saved', ...where, why }, lookAt };
}

function stillCalm(facts: SaveFacts): Shown {
  const { savedAt, unsaved, waiting, unsavedSince, elapsed } = facts;
  if (unsaved === 0 && savedAt === null) return final({ kind: 'opening' });
  if (unsaved === 0 && waiting) return final({ kind: 'writing', changes: 0, at: savedAt });
  if (unsaved === 0) return final(saved(facts));
  const savingAt = (unsavedSince ?? elapsed) + SAVING_SHOWN_MS;
  if (elapsed >= savingAt) return final({ kind: 'saving', changes: unsaved });
  return { state: { kind: 'writing', changes: unsaved, at: savedAt }, lookAt: savingAt };
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
