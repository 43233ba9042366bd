import { type Close, CLOSES } from '#core/wire/closes.ts';
import { CARET_COLOURS } from '#core/wire/colours.ts';
import { decodeMessage, encodeMessage } from '#core/wire/codec.ts';
import { type Here, HERE_NAMES, type HerePerson, type Message } from '#core/wire/messages.ts';
import type { Clock } from '../clock.ts';
import type { LoadedNote, UpdateLog } from '../store/log.ts';
import type { Counters } from './counters.ts';
import { type Limits, SNAPSHOT_AFTER, TIMES } from './limits.ts';
import { NoteState } from './note-state.ts';
import type { Offer, Peer } from './peer.ts';
import { Presence } from './presence.ts';
import { Packet } from './socket.ts';
import { type Committed, Writing } from './writing.ts';

export interface RoomParts {
  noteId: string;
  log: UpdateLog;
  clock: Clock;
  limits: Limits;
  counters: Counters;
  /** Milliseconds a window may last with this many peers in the room, at the server's present load. */
  window(peers: number): number;
  /** Packets handed out: what the server's load is measured by. */
  sent(packets: number): void;
  /** The room can go on no more and has closed its peers. */
  ended(): void;
}

const KEEP_ALIVE = new Packet([encodeMessage({ kind: 'awareness', entries: [] })]);
const FACTS_CHANGED = new Packet([encodeMessage({ kind: 'facts-changed' })]);

/** An open note: its state, its peers, and the one path by which both change. */
export class Room {
  readonly schemaMin: number;
  readonly #parts: RoomParts;
  readonly #state: NoteState;
  readonly #writing: Writing;
  readonly #presence: Presence<Peer>;
  readonly #peers = new Set<Peer>();
  /** Peers that still have to be asked what they have. */
  #toAsk: Peer[] = [];
  #cancelAsk: (() => void) | null = null;
  #cancelPresence: (() => void) | null = null;
  #presenceAt = -Infinity;
  #cancelHere: (() => void) | null = null;
  #seq: number;
  #unsnapped: { rows: number; bytes: number };
  #snapping = false;
  #emptySince: number;
  #stopped = false;

  constructor(parts: RoomParts, loaded: LoadedNote) {
    this.#parts = parts;
    this.schemaMin = loaded.schemaMin;
    this.#state = new NoteState(loaded);
    this.#seq = loaded.headSeq;
    this.#unsnapped = { rows: loaded.tail.length, bytes: loaded.tail.reduce((sum, row) => sum + row.length, 0) };
    this.#emptySince = parts.clock.elapsed();
    const owners = new Map(loaded.clients);
    this.#presence = new Presence(parts.limits.presenceBytes, (clientId) => owners.get(clientId));
    this.#writing = new Writing({
      ...parts,
      state: this.#state,
      owners,
      window: () => parts.window(this.#peers.size),
      committed: (result) => this.#committed(result),
      held: (offer) => this.#hold(offer),
      failed: (close) => this.end(close),
    });
  }

  get peers(): number {
    return this.#peers.size;
  }

  get seq(): number {
    return this.#seq;
  }

  // --- peers come, talk and go ------------------------------------------------------------------------------------

  join(peer: Peer): void {
    const { limits } = this.#parts;
    if (this.#peers.size >= limits.peersPerRoom) return peer.close(CLOSES.full);
    XX
      peer.admission = { ...peer.admission, canWrite: false };
    peer.person.colour = this.#colour(peer);
    this.#peers.add(peer);
    this.#hereSoon();
  }

  leave(peer: Peer): void {
    if (!this.#peers.delete(peer)) return;
    this.#toAsk = this.#toAsk.filter((other) => other !== peer);
    this.#presence.leave(peer);
    this.#presenceSoon();
    this.#hereSoon();
    if (this.#peers.size === 0) this.#emptySince = this.#parts.clock.elapsed();
  }

  /** One frame from a peer. Never throws: what is wrong with it is the peer's fault and closes the peer. */
  receive(peer: Peer, frame: Uint8Array): void {
    this.#parts.counters.framesIn++;
    if (frame.length > this.#parts.limits.messageBytes) return peer.close(CLOSES.tooLarge);
    let message: Message;
    try {
      message = decodeMessage(frame);
    } catch {
      return peer.close(CLOSES.malformed);
    }
    peer.meter(frame.length);
    this.#dispatch(peer, message);
  }

  #dispatch(peer: Peer, message: Message): void {
    switch (message.kind) {
      case 'sync-step-1':
        return this.#answer(peer, message.stateVector.slice());
      case 'sync-step-2':
      case 'update':
        if (!peer.admission.canWrite) return peer.close(CLOSES.noAccess);
        if (message.kind === 'sync-step-2') peer.answered = true;
        // A copy: the frame's buffer belongs to the transport and may be pooled.
        return this.#writing.offer({
          peer,
          update: message.update.slice(),
          frame: peer.acks.receive(),
          step2: message.kind === 'sync-step-2',
        });
      case 'awareness': {
        const verdict = this.#presence.receive(peer, peer.person, message.entries);
        if (verdict !== 'ok') return peer.close(CLOSES.badPresence);
        if (this.#presence.pending) this.#presenceSoon();
        return;
      }
      case 'query-awareness':
        return this.#sendCarets(peer);
      case 'ack':
      case 'facts-changed':
      case 'here':
        return peer.close(CLOSES.forbiddenMessage);
    }
  }

  // --- state out --------------------------------------------------------------------------------------------------

  #answer(peer: Peer, stateVector: Uint8Array): void {
    this.#writing.settled(() => {
      if (peer.closed || !this.#peers.has(peer)) return;
      let packet: Packet;
      try {
        packet = this.#state.missing(stateVector);
      } catch {
        return peer.close(CLOSES.malformed);
      }
      this.#send(peer, packet);
      if (peer.synced) return;
      peer.synced = true;
      this.#sendCarets(peer);
      if (peer.admission.acks) this.#send(peer, new Packet([encodeMessage({ kind: 'here', here: this.here() })]));
      if (peer.admission.canWrite) this.#askSoon(peer);
    });
  }

  /**
   * Asks what the peer has. Our state vector needs the document; when that is not made yet, the question waits until those
   * who open the note at the same time have their text.
   */
  #askSoon(peer: Peer): void {
    if (this.#state.hasDoc) return this.#ask(peer);
    this.#toAsk.push(peer);
    this.#cancelAsk ??= this.#parts.clock.after(TIMES.askAfterLoad, () => {
      this.#cancelAsk = null;
      const waiting = this.#toAsk;
      this.#toAsk = [];
      for (const other of waiting) this.#ask(other);
    });
  }

  #ask(peer: Peer): void {
    this.#writing.settled(() => {
      this.#send(peer, new Packet([encodeMessage({ kind: 'sync-step-1', stateVector: this.#state.stateVector() })]));
    });
  }

  #send(peer: Peer, packet: Packet, second?: Packet): void {
    this.#parts.counters.packetsOut++;
    peer.send(packet, second);
  }

  /** After a commit, and only then: acks to the writers, one shared packet to everybody else. */
  #committed(result: Committed): void {
    for (const { peer, frame } of result.settled) peer.acks.settle(frame);
    if (result.update) {
      this.#seq = result.seq;
      this.#parts.counters.updatesCommitted += result.rows;
      this.#unsnapped.rows += result.rows;
      this.#unsnapped.bytes += result.bytes;
      this.#broadcast(result.update, result.authors);
      if (this.#unsnapped.rows > SNAPSHOT_AFTER.rows || this.#unsnapped.bytes > SNAPSHOT_AFTER.bytes) this.snapshot();
    }
    for (const { peer } of result.settled) {
      const ack = peer.ackPacket();
      if (ack) this.#send(peer, ack);
    }
  }

  #broadcast(update: Uint8Array, authors: ReadonlySet<Peer>): void {
    const text = encodeMessage({ kind: 'update', update });
    const textOnly = new Packet([text]);
    const carets = this.#takePresence();
    const shared = carets ? new Packet([text, carets]) : textOnly;
    const own = carets ? new Packet([carets]) : null;
    const sole = authors.size === 1;
    for (const peer of this.#peers) {
      if (!peer.synced) continue;
      const ack = authors.has(peer) ? peer.ackPacket() : undefined;
      const packet = sole && authors.has(peer) ? own : peer.lagging ? textOnly : shared;
      if (packet) this.#send(peer, packet, ack);
      else if (ack) this.#send(peer, ack);
    }
    this.#parts.sent(this.#peers.size);
  }

  // --- gaps -------------------------------------------------------------------------------------------------------

  /** Keeps a gapped update, unacked and unapplied, until this peer's sync-step-2 closes the gap. */
  #hold(offer: Offer): void {
    const { peer } = offer;
    peer.gap ??= { since: this.#parts.clock.elapsed(), asked: false };
    if (peer.answered && !peer.gap.asked) {
      peer.gap.asked = true;
      this.#ask(peer);
    }
    peer.held.push(offer);
    peer.heldBytes += offer.update.length;
    if (peer.heldBytes > this.#parts.limits.heldBytes) peer.close(CLOSES.gap);
  }

  // --- presence ---------------------------------------------------------------------------------------------------

  #presenceSoon(): void {
    if (this.#cancelPresence || !this.#presence.pending) return;
    const { clock } = this.#parts;
    const wait = Math.max(0, this.#presenceAt + TIMES.presence - clock.elapsed());
    this.#cancelPresence = clock.after(wait, () => this.#sendPresence());
  }

  #sendPresence(): void {
    this.#cancelPresence = null;
    const carets = this.#takePresence();
    if (!carets) return;
    const packet = new Packet([carets]);
    for (const peer of this.#peers) if (peer.synced && !peer.lagging) this.#send(peer, packet);
    this.#parts.sent(this.#peers.size);
  }

  /** The waiting changes as one message, at most once per presence window; rides with text when there is some. */
  #takePresence(): Uint8Array | null {
    const now = this.#parts.clock.elapsed();
    if (!this.#presence.pending || now - this.#presenceAt < TIMES.presence) return null;
    this.#presenceAt = now;
    this.#cancelPresence?.();
    this.#cancelPresence = null;
    return encodeMessage({ kind: 'awareness', entries: this.#presence.take() });
  }

  #sendCarets(peer: Peer): void {
    const entries = this.#presence.all();
    if (entries.length > 0) this.#send(peer, new Packet([encodeMessage({ kind: 'awareness', entries })]));
  }

  #colour(peer: Peer): string {
    const taken = new Set<string>();
    for (const { person } of this.#peers) {
      if (person.id === peer.person.id) return person.colour;
      taken.add(person.colour);
    }
    const free = CARET_COLOURS.find(({ colour }) => !taken.has(colour));
    return (free ?? CARET_COLOURS[this.#peers.size % CARET_COLOURS.length])?.colour ?? '#000000';
  }

  // --- who is here ------------------------------------------------------------------------------------------------

  /** Everyone once, however many tabs; writers first. */
  here(): Here {
    const people = new Map<string, HerePerson>();
    for (const peer of this.#peers) {
      const { id, name, colour } = peer.person;
      const writing = this.#presence.hasCaret(peer) || people.get(id)?.writing === true;
      people.set(id, { id, name, colour, writing });
    }
    const sorted = [...people.values()].sort((a, b) => Number(b.writing) - Number(a.writing));
    return { count: people.size, people: sorted.slice(0, HERE_NAMES) };
  }

  renamed(actorId: string, name: string): void {
    for (const peer of this.#peers) {
      if (peer.admission.actor.id !== actorId) continue;
      peer.person.name = name;
      this.#presence.renamed(peer, peer.person);
    }
    this.#presenceSoon();
    this.#hereSoon();
  }

  #hereSoon(): void {
    if (this.#stopped) return;
    this.#cancelHere ??= this.#parts.clock.after(TIMES.here, () => {
      this.#cancelHere = null;
      let packet: Packet | null = null;
      for (const peer of this.#peers) {
        if (!peer.admission.acks || !peer.synced || peer.lagging) continue;
        packet ??= new Packet([encodeMessage({ kind: 'here', here: this.here() })]);
        this.#send(peer, packet);
      }
    });
  }

  factsChanged(): void {
    for (const peer of this.#peers) if (peer.admission.acks && peer.synced) this.#send(peer, FACTS_CHANGED);
  }

  // --- upkeep -----------------------------------------------------------------------------------------------------

  /** Now and then: quiet peers hear something, gaps that did not close end. */
  sweep(now: number): void {
    for (const peer of this.#peers) {
      if (peer.gap && now - peer.gap.since > this.#parts.limits.heldMs) peer.close(CLOSES.gap);
      else if (now - peer.lastSent > TIMES.keepAlive) this.#send(peer, KEEP_ALIVE);
    }
  }

  /** True when nobody is here, nothing waits, and nobody has been here for a while. */
  idle(now: number): boolean {
    return this.#peers.size === 0 && this.#writing.idle && !this.#snapping && now - this.#emptySince > TIMES.linger;
  }

  get hasUnsnapped(): boolean {
    return this.#unsnapped.rows > SNAPSHOT_AFTER.rowsAtUnload;
  }

  /** Asks the log for a snapshot, one at a time. A failure costs nothing but a longer load: the rows are there. */
  snapshot(): void {
    if (this.#snapping) return;
    this.#snapping = true;
    this.#unsnapped = { rows: 0, bytes: 0 };
    const done = (): void => {
      this.#snapping = false;
    };
    this.#parts.log.snapshot(this.#parts.noteId).then(done, (error: unknown) => {
      done();
      this.#parts.counters.storeErrors++;
      this.#parts.counters.lastStoreError = error instanceof Error ? error.message : String(error);
    });
  }

  /** Runs `read` over the committed document. */
  view<T>(read: (state: NoteState, seq: number) => T): Promise<T> {
    this.#emptySince = this.#parts.clock.elapsed();
    return new Promise((resolve, reject) => {
      this.#writing.settled(() => {
        try {
          resolve(read(this.#state, this.#seq));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }

  flush(): Promise<void> {
    return this.#writing.flush();
  }

  /** Closes every peer for this reason and the room with them. */
  end(close: Close): void {
    for (const peer of [...this.#peers]) peer.close(close);
    this.stop();
    this.#parts.ended();
  }

  /** Lets go of timers and memory. */
  stop(): void {
    this.#stopped = true;
    this.#cancelAsk?.();
    this.#cancelPresence?.();
    this.#cancelHere?.();
    this.#writing.stop();
    this.#state.destroy();
  }

  /** All peers, for a drain. */
  everyone(): readonly Peer[] {
    return [...this.#peers];
  }

  #writers(): number {
    let writers = 0;
    for (const peer of this.#peers) if (peer.admission.canWrite) writers++;
    return writers;
  }
}
