import * as Y from 'yjs';
import { OUTCOME } from '#core/outcomes/elements.ts';

/** What an update says, before anything of it is applied. */
export type Verdict =
  /**
   * May be applied. `fresh` are clientIDs with new structs that nobody has used in this note yet. `outcomes` is true when an
   * outcome is made or an attribute of some node is set: typing does neither.
   */
  | { kind: 'pass'; fresh: number[]; grows: boolean; outcomes: boolean }
  /** It hangs on structs that are missing here. */
  | { kind: 'gap' }
  /** New structs under a clientID that belongs to another actor. */
  | { kind: 'foreign' }
  /** Not a Yjs update, or not one that Yjs makes. */
  | { kind: 'unreadable' };

/** What the guard asks of the note. */
export interface Known {
  /** The next clock expected from a clientID. */
  clock(clientId: number): number;
  /** The actor a clientID belongs to, undefined while it is free. */
  owner(clientId: number): string | undefined;
}

/**
 * A clock counts the characters one tab ever typed. Above this a sum of clocks may leave the whole numbers a browser can read,
 * and a note that holds one such clock could be opened by nobody.
 */
const CLOCK_LIMIT = 2 ** 32;

type Decoded = ReturnType<typeof Y.decodeUpdate>;
type Struct = Decoded['structs'][number];
type Id = Struct['id'];

/**
 * Reads the update without a document. The reader is lazy: a huge declared count fails at the missing byte and allocates
 * nothing. Deletions name no author and are never refused.
 */
export function judge(update: Uint8Array, known: Known, actor: string): Verdict {
  let decoded: Decoded;
  try {
    decoded = Y.decodeUpdate(update);
  } catch {
    return { kind: 'unreadable' };
  }
  const ends = endsOf(decoded.structs, known);
  if (ends === 'unreadable') return { kind: 'unreadable' };
  const fresh: number[] = [];
  for (const clientId of ends.grown) {
    const owned = known.owner(clientId);
    if (owned === undefined) fresh.push(clientId);
    else if (owned !== actor) return { kind: 'foreign' };
  }
  const has = (id: Id): boolean => id.clock < (ends.end.get(id.client) ?? known.clock(id.client));
  if (ends.gap || !decoded.structs.every((struct) => hangsOnKnown(struct, has)) || !deletesKnown(decoded.ds, has))
    return { kind: 'gap' };
  return { kind: 'pass', fresh, grows: ends.grown.length > 0, outcomes: decoded.structs.some(mayTouchOutcomes) };
}

/** An attribute that is set again names neither itself nor its node here; only attributes of nodes are values in a note. */
function mayTouchOutcomes(struct: Struct): boolean {
  if (!(struct instanceof Y.Item)) return false;
  const { content } = struct;
  if (content instanceof Y.ContentAny) return true;
  return content instanceof Y.ContentType && content.type instanceof Y.XmlElement && content.type.nodeName === OUTCOME;
}

interface Ends {
  /** The next clock of each clientID in the update, once it is applied. */
  end: Map<number, number>;
  /** The clientIDs with new structs. */
  grown: number[];
  gap: boolean;
}

/**
 * ClientIDs come from high to low, each with one run of structs, as Yjs writes them. Of two runs a document takes in the last
 * and `mergeUpdates` both: what is hidden in the first would reach peers unseen by the guard. In another order a document takes
 * in everything and `mergeUpdates` drops structs, also those of others in the same window. A struct without length is new to no clock and would pass as old.
 */
function endsOf(structs: readonly Struct[], known: Known): Ends | 'unreadable' {
  const end = new Map<number, number>();
  const grown: number[] = [];
  let gap = false;
  let client = Infinity;
  let at = 0;
  let have = 0;
  for (const struct of structs) {
    const { id, length } = struct;
    const to = id.clock + length;
    if (!Number.isSafeInteger(id.client) || length < 1 || to > CLOCK_LIMIT) return 'unreadable';
    if (id.client !== client) {
      if (id.client > client) return 'unreadable';
      client = id.client;
      have = known.clock(client);
      end.set(client, have);
    } else if (id.clock !== at) return 'unreadable';
    at = to;
    if (struct instanceof Y.Skip || to <= have) continue;
    if (id.clock > have) gap = true;
    if (grown.at(-1) !== client) grown.push(client);
    have = to;
    end.set(client, have);
  }
  return { end, grown, gap };
}

/** Neighbours and parent, as far as the struct names them, are here or come along. */
function hangsOnKnown(struct: Struct, has: (id: Id) => boolean): boolean {
  if (!(struct instanceof Y.Item)) return true;
  const { origin, rightOrigin, parent } = struct;
  return (
    (origin === null || has(origin)) &&
    (rightOrigin === null || has(rightOrigin)) &&
    (!(parent instanceof Y.ID) || has(parent))
  );
}

function deletesKnown(deletes: Decoded['ds'], has: (id: Id) => boolean): boolean {
  for (const [client, ranges] of deletes.clients)
    for (const { clock, len } of ranges) if (!has(Y.createID(client, clock + Math.max(0, len - 1)))) return false;
  return true;
}
