import { CARET_COLOURS } from '#core/wire/colours.ts';
import { encodeMessage } from '#core/wire/codec.ts';
import { type AwarenessEntry, type Here, HERE_NAMES, type HerePerson } from '#core/wire/messages.ts';
import type { Clock } from '../clock.ts';
import { type Limits, TIMES } from './limits.ts';
import type { Peer } from './peer.ts';
import { Presence, type PresenceVerdict } from './presence.ts';
import { Packet } from './socket.ts';

export interface CrowdParts {
  clock: Clock;
  limits: Limits;
  /** Which actor a clientID belongs to, when it has written before. */
  owner(clientId: number): string | undefined;
  send(peer: Peer, packet: Packet): void;
  /** True while text of this room waits or is on its way to the disk: carets then ride with it. */
  textUnderWay(): boolean;
}

/** A room of more peers than this is full. */
const MANY = 60;
const FACTS_CHANGED = new Packet([encodeMessage({ kind: 'facts-changed' })]);

/** Carets that moved, ready to be sent. */
class Carets {
  readonly message: Uint8Array;
  readonly #only: Peer | null;
  #packet: Packet | null = null;

  constructor(message: Uint8Array, only: Peer | null) {
    this.message = message;
    this.#only = only;
  }

  /** The carets alone; undefined for the one whose own caret is all there is to tell. */
  forPeer(peer: Peer): Packet | undefined {
    return peer === this.#only ? undefined : (this.#packet ??= new Packet([this.message]));
  }
}

/** The peers of one room: their colours, their carets, and the list of who is here. Tells them at most so often. */
export class Crowd {
  readonly peers = new Set<Peer>();
  readonly #parts: CrowdParts;
  readonly #presence: Presence<Peer>;
  #caretsAt = -Infinity;
  #cancelCarets: (() => void) | null = null;
  #cancelHere: (() => void) | null = null;
  #stopped = false;

  constructor(parts: CrowdParts) {
    this.#parts = parts;
    // By actor, not by the id others see: that one is cut short, and counted up for those without a name.
    this.#presence = new Presence(parts.limits.presenceBytes, (peer, clientId) => {
      const owner = parts.owner(clientId);
      return owner === undefined || owner === peer.admission.actor.id;
    });
  }

  add(peer: Peer): void {
    peer.person.colour = this.#colour(peer);
    this.peers.add(peer);
    this.#hereSoon();
  }

  /** False when the peer was not here. */
  remove(peer: Peer): boolean {
    if (!this.peers.delete(peer)) return false;
    this.#presence.leave(peer);
    this.caretsSoon();
    this.#hereSoon();
    return true;
  }

  receive(peer: Peer, entries: readonly AwarenessEntry[]): PresenceVerdict {
    const had = this.#presence.hasCaret(peer);
    const verdict = this.#presence.receive(peer, peer.person, entries);
    this.caretsSoon();
    if (this.#presence.hasCaret(peer) !== had) this.#hereSoon();
    return verdict;
  }

  /** The actor of the peer whose caret goes by this clientID. */
  actorAt(clientId: number): string | undefined {
    return this.#presence.holder(clientId)?.admission.actor.id;
  }

  /** Everything a newcomer should know about the others. */
  welcome(peer: Peer): void {
    this.sendCarets(peer);
    if (peer.admission.acks) this.#parts.send(peer, new Packet([encodeMessage({ kind: 'here', here: this.here() })]));
  }

  sendCarets(peer: Peer): void {
    const entries = this.#presence.all();
    if (entries.length > 0) this.#parts.send(peer, new Packet([encodeMessage({ kind: 'awareness', entries })]));
  }

  /** The carets that moved, as one message, at most once per presence window: rides with text when there is some. */
  takeCarets(): Carets | null {
    const now = this.#parts.clock.elapsed();
    if (!this.#presence.pending || now - this.#caretsAt < this.#caretsGap()) return null;
    this.#caretsAt = now;
    this.#cancelCarets?.();
    this.#cancelCarets = null;
    const only = this.#presence.onlyMover();
    return new Carets(encodeMessage({ kind: 'awareness', entries: this.#presence.take() }), only);
  }

  /** Everyone once, however many tabs; writers first. */
  here(): Here {
    const people = new Map<string, HerePerson>();
    for (const peer of this.peers) {
      const { id, name, colour } = peer.person;
      const writing = this.#presence.hasCaret(peer) || people.get(id)?.writing === true;
      people.set(id, { id, name, colour, writing });
    }
    const sorted = [...people.values()].sort((a, b) => Number(b.writing) - Number(a.writing));
    return { count: people.size, people: sorted.slice(0, HERE_NAMES) };
  }

  renamed(actorId: string, name: string): void {
    for (const peer of this.peers) {
      if (peer.admission.actor.id !== actorId) continue;
      peer.person.name = name;
      this.#presence.renamed(peer, peer.person);
    }
    this.caretsSoon();
    this.#hereSoon();
  }

  factsChanged(): void {
    for (const peer of this.peers) if (peer.admission.acks && peer.synced) this.#parts.send(peer, FACTS_CHANGED);
  }

  writers(): number {
    let writers = 0;
    for (const peer of this.peers) if (peer.admission.canWrite) writers++;
    return writers;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelCarets?.();
    this.#cancelHere?.();
  }

  /** Sends the carets that moved before long, if there are any. */
  caretsSoon(): void {
    if (this.#cancelCarets || this.#stopped || !this.#presence.pending) return;
    const { clock } = this.#parts;
    // Not at once: a key moves a caret and becomes text, and a few milliseconds later both fit into one write.
    const wait = Math.max(TIMES.presenceWait, this.#caretsAt + this.#caretsGap() - clock.elapsed());
    this.#cancelCarets = clock.after(wait, () => {
      this.#cancelCarets = null;
      if (this.#parts.textUnderWay()) return;
      const carets = this.takeCarets();
      if (carets) this.#toAll(carets);
    });
  }

  /** Carets are most of the bytes of a full room. */
  #caretsGap(): number {
    return this.peers.size > MANY ? TIMES.presenceOfMany : TIMES.presence;
  }

  #hereSoon(): void {
    if (this.#stopped) return;
    this.#cancelHere ??= this.#parts.clock.after(TIMES.here, () => {
      this.#cancelHere = null;
      let packet: Packet | null = null;
      for (const peer of this.peers) {
        if (!peer.admission.acks || !peer.synced || peer.lagging) continue;
        packet ??= new Packet([encodeMessage({ kind: 'here', here: this.here() })]);
        this.#parts.send(peer, packet);
      }
    });
  }

  #toAll(carets: Carets): void {
    for (const peer of this.peers) {
      const packet = peer.synced && !peer.lagging ? carets.forPeer(peer) : undefined;
      if (packet) this.#parts.send(peer, packet);
    }
  }

  #colour(peer: Peer): string {
    const taken = new Set<string>();
    for (const { person } of this.peers) {
      if (person.id === peer.person.id) return person.colour;
      taken.add(person.colour);
    }
    const free = CARET_COLOURS.find(({ colour }) => !taken.has(colour));
    return (free ?? CARET_COLOURS[this.peers.size % CARET_COLOURS.length])?.colour ?? '#000000';
  }
}
