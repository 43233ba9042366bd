import type { AwarenessEntry } from '#core/wire/messages.ts';

/** Who a peer is to the others, from the server's knowledge; `colour` is six-digit hex. */
export interface PresentPerson {
  /** Made for show; not the actor's id. */
  id: string;
  name: string;
  colour: string;
}

/** What a room keeps of one peer's presence. */
export interface PeerPresence {
  clientId: number;
  /** Newest clock received from this peer: older entries are echoes. */
  received: number;
  /** JSON as sent to the others; null while the peer has no caret. */
  shown: string | null;
}

export type PresenceVerdict = 'ok' | 'too-large' | 'not-json';

/** Clocks of departed clientIDs kept at most; the oldest are forgotten first. */
const CLOCKS_KEPT = 10_000;
const GONE = 'null';

/**
 * Presence of one room. Only a peer's own entry counts, found by clientID and clock before any JSON is parsed: a stock client
 * sends every remote change back, and those echoes are most of the frames. Only peers with a caret are shown to others.
 */
export class Presence<P> {
  readonly #maxBytes: number;
  /** False when the clientID is bound to another actor than the peer's. */
  readonly #mayBe: (peer: P, clientId: number) => boolean;
  readonly #peers = new Map<P, PeerPresence>();
  readonly #holders = new Map<number, P>();
  /** Last clock sent to others, per clientID: y-protocols ignores what is not newer. */
  readonly #sent = new Map<number, number>();
  readonly #dirty = new Set<number>();

  constructor(maxBytes: number, mayBe: (peer: P, clientId: number) => boolean) {
    this.#maxBytes = maxBytes;
    this.#mayBe = mayBe;
  }

  /** True when something waits to be sent. */
  get pending(): boolean {
    return this.#dirty.size > 0;
  }

  hasCaret(peer: P): boolean {
    return this.#peers.get(peer)?.shown != null;
  }

  /** Who shows a caret, or has shown one, under this clientID and is still here. */
  holder(clientId: number): P | undefined {
    return this.#holders.get(clientId);
  }

  receive(peer: P, who: PresentPerson, entries: readonly AwarenessEntry[]): PresenceVerdict {
    for (const entry of entries) {
      const own = this.#own(peer, entry);
      if (!own || entry.clock <= own.received) continue;
      if (entry.state.length > this.#maxBytes) return 'too-large';
      own.received = entry.clock;
      const shown = shownState(entry.state, who);
      if (shown === undefined) return 'not-json';
      if (shown === own.shown) continue;
      own.shown = shown;
      this.#say(own.clientId, entry.clock);
    }
    return 'ok';
  }

  /** The peer has another name now; its caret goes out again under it. */
  renamed(peer: P, who: PresentPerson): void {
    const own = this.#peers.get(peer);
    if (!own?.shown) return;
    own.shown = shownState(own.shown, who) ?? null;
    this.#say(own.clientId, own.received);
  }

  leave(peer: P): void {
    const own = this.#peers.get(peer);
    if (!own) return;
    this.#peers.delete(peer);
    this.#holders.delete(own.clientId);
    if (own.shown !== null) this.#say(own.clientId, 0);
  }

  /** The peer whose caret is the only change that waits, when there is just one. */
  onlyMover(): P | null {
    const [clientId] = this.#dirty;
    return this.#dirty.size === 1 && clientId !== undefined ? (this.#holders.get(clientId) ?? null) : null;
  }

  /** The changes since the last call, one entry per clientID. */
  take(): AwarenessEntry[] {
    const entries = [...this.#dirty].map((clientId) => this.#entry(clientId));
    this.#dirty.clear();
    return entries;
  }

  /** All carets, for a peer that has just come. */
  all(): AwarenessEntry[] {
    const entries: AwarenessEntry[] = [];
    for (const own of this.#peers.values()) if (own.shown !== null) entries.push(this.#entry(own.clientId));
    return entries;
  }

  #entry(clientId: number): AwarenessEntry {
    const holder = this.#holders.get(clientId);
    const state = (holder !== undefined && this.#peers.get(holder)?.shown) || GONE;
    return { clientId, clock: this.#sent.get(clientId) ?? 0, state };
  }

  /**
   * The presence this entry may change: the peer's own. The first entry that is nobody's echo names the peer's clientID; a
   * clientID held by another peer, or bound to another actor, is never taken.
   */
  #own(peer: P, entry: AwarenessEntry): PeerPresence | undefined {
    const own = this.#peers.get(peer);
    if (own) return own.clientId === entry.clientId ? own : undefined;
    if (entry.state === GONE || this.#holders.has(entry.clientId)) return undefined;
    if (!this.#mayBe(peer, entry.clientId)) return undefined;
    const fresh: PeerPresence = { clientId: entry.clientId, received: -1, shown: null };
    this.#peers.set(peer, fresh);
    this.#holders.set(entry.clientId, peer);
    return fresh;
  }

  /**
   * Marks a change to be sent. The clock is the peer's own while that is news to the others, so that its echo is not news to
   * the peer; after a departure it goes on above the departure's.
   */
  #say(clientId: number, clock: number): void {
    const last = this.#sent.get(clientId);
    this.#sent.delete(clientId);
    this.#sent.set(clientId, last === undefined || clock > last ? clock : last + 1);
    this.#dirty.add(clientId);
    if (this.#sent.size > CLOCKS_KEPT) this.#forget();
  }

  #forget(): void {
    for (const clientId of this.#sent.keys()) {
      if (this.#sent.size <= CLOCKS_KEPT / 2) return;
      if (!this.#holders.has(clientId) && !this.#dirty.has(clientId)) this.#sent.delete(clientId);
    }
  }
}

/**
 * What others are told: the caret as the peer gave it and the person as the server knows it, nothing else. null without a
 * caret, undefined when the text is not a JSON object.
 */
function shownState(text: string, who: PresentPerson): string | null | undefined {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (state === null) return null;
  if (typeof state !== 'object' || Array.isArray(state)) return undefined;
  const cursor = caretOf(Reflect.get(state, 'cursor'));
  if (cursor === null) return null;
  return JSON.stringify({ user: { id: who.id, name: who.name, color: who.colour }, cursor });
}

/**
 * The two ends of a selection when they are relative positions of Yjs, null for any other shape. Editors read what they are
 * sent without a look: a position that lacks a part would throw in the editor of everyone in the room.
 */
function caretOf(cursor: unknown): object | null {
  const anchor = part(cursor, 'anchor');
  const head = part(cursor, 'head');
  return isPosition(anchor) && isPosition(head) ? { anchor, head } : null;
}

function isPosition(value: unknown): boolean {
  const [type, item, tname, assoc] = ['type', 'item', 'tname', 'assoc'].map((name) => part(value, name) ?? null);
  if (type === null && item === null && tname === null) return false;
  return (
    (type === null || isId(type)) &&
    (item === null || isId(item)) &&
    (tname === null || typeof tname === 'string') &&
    (assoc === null || Number.isSafeInteger(assoc))
  );
}

function isId(value: unknown): boolean {
  return [part(value, 'client'), part(value, 'clock')].every(
    (count) => Number.isSafeInteger(count) && Number(count) >= 0,
  );
}

function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
