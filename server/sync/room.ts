import type * as Y from 'yjs';
import { type Close, CLOSES } from '#core/wire/closes.ts';
import { decodeMessage, encodeMessage } from '#core/wire/codec.ts';
import type { Here, Message } from '#core/wire/messages.ts';
import type { Clock } from '../clock.ts';
import type { LoadedNote, UpdateLog } from '../store/log.ts';
import type { Counters } from './counters.ts';
import { Crowd } from './crowd.ts';
import { type Limits, TIMES } from './limits.ts';
import type { Window } from './load.ts';
import { NoteState } from './note-state.ts';
import type { Offer, Peer } from './peer.ts';
import { Snapshots } from './snapshots.ts';
import { Packet } from './socket.ts';
import { Writing } from './writing.ts';
import type { Committed } from './batch.ts';

export interface RoomParts {
  noteId: string;
  log: UpdateLog;
  clock: Clock;
  limits: Limits;
  counters: Counters;
  /** How long to wait for company with this many peers in the room, at the server's present load. */
  window(peers: number): Window;
  /** Changes times peers: what the server's load is measured by. */
  asked(deliveries: number): void;
  /** A number for a clientID of the server's own. */
  newClientId(): number;
  /** Something is on disk. `outcomes`: peers may have made outcomes or changed what they are. */
  changed(outcomes: boolean): void;
  /** Told of a bug of ours that would else have ended the process. */
  report(error: unknown): void;
  /** The room can go on no more and has closed its peers. */
  ended(): void;
}

const KEEP_ALIVE = new Packet([encodeMessage({ kind: 'awareness', entries: [] })]);

/** An open note: its state, its peers, and the one path by which both change. */
export class Room {
  readonly schemaMin: number;
  readonly #parts: RoomParts;
  readonly #state: NoteState;
  readonly #writing: Writing;
  readonly #crowd: Crowd;
  readonly #snapshots: Snapshots;
  /** Peers that still have to be asked what they have. */
  #toAsk: Peer[] = [];
  #cancelAsk: (() => void) | null = null;
  #seq: number;
  #emptySince: number;

  constructor(parts: RoomParts, loaded: LoadedNote) {
    this.#parts = parts;
    this.schemaMin = loaded.schemaMin;
    this.#state = new NoteState(loaded);
    this.#seq = loaded.headSeq;
    this.#snapshots = new Snapshots(parts, loaded);
    this.#emptySince = parts.clock.elapsed();
    const owners = new Map(loaded.clients);
    this.#crowd = new Crowd({
      ...parts,
      owner: (clientId) => owners.get(clientId),
      send: (peer, packet) => this.#send(peer, packet),
      textUnderWay: () => !this.#writing.idle,
    });
    this.#writing = new Writing({
      ...parts,
      state: this.#state,
      owners,
      window: () => parts.window(this.#crowd.peers.size),
      caretOf: (clientId) => this.#crowd.actorAt(clientId),
      committed: (result) => this.#committed(result),
      held: (offer) => this.#hold(offer),
      failed: (close) => this.end(close),
    });
  }

  get peers(): number {
    return this.#crowd.peers.size;
  }

  get seq(): number {
    return this.#seq;
  }

  join(peer: Peer): void {
    const { limits } = this.#parts;
    const full = this.#crowd.peers.size >= limits.peersPerRoom;
    if (full || (peer.admission.canWrite && this.#crowd.writers() >= limits.writersPerRoom))
      return peer.close(CLOSES.full);
    this.#crowd.add(peer);
  }

  leave(peer: Peer): void {
    if (!this.#crowd.remove(peer)) return;
    this.#toAsk = this.#toAsk.filter((other) => other !== peer);
    if (this.#crowd.peers.size === 0) this.#emptySince = this.#parts.clock.elapsed();
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
    peer.meter(frame.length, message.kind === 'sync-step-1' ? this.#parts.limits.askFrames : 1);
    try {
      this.#dispatch(peer, message);
    } catch (error) {
      this.#parts.report(error);
      peer.close(CLOSES.cannotStore);
    }
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
      case 'awareness':
        if (this.#crowd.receive(peer, message.entries) !== 'ok') peer.close(CLOSES.badPresence);
        return;
      case 'query-awareness':
        return this.#crowd.sendCarets(peer);
      case 'ack':
      case 'facts-changed':
      case 'here':
        return peer.close(CLOSES.forbiddenMessage);
    }
  }

  #answer(peer: Peer, stateVector: Uint8Array): void {
    this.#writing.settled(() => {
      if (peer.closed || !this.#crowd.peers.has(peer)) return;
      let packet: Packet;
      try {
        packet = this.#state.missing(stateVector);
      } catch {
        return peer.close(CLOSES.malformed);
      }
      this.#send(peer, packet);
      if (peer.synced) return;
      peer.synced = true;
      this.#crowd.welcome(peer);
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
      this.#send(peer, this.#state.question());
    });
  }

  #send(peer: Peer, packet: Packet, second?: Packet): void {
    this.#parts.counters.packetsOut++;
    peer.send(packet, second);
  }

  /** After a commit, and only then: acks to the writers, one shared packet to everybody else. */
  #committed(result: Committed): void {
    for (const { peer, frame } of result.settled) peer.acks.settle(frame);
    this.#parts.asked(result.changes * this.#crowd.peers.size);
    if (result.update) {
      this.#seq = result.seq;
      this.#parts.counters.updatesCommitted += result.rows;
      this.#broadcast(result.update, result.authors);
      this.#snapshots.grew(result.rows, result.bytes);
      this.#parts.changed(result.outcomes);
    }
    this.#crowd.caretsSoon();
    for (const { peer } of result.settled) {
      const ack = peer.ackPacket();
      if (ack) this.#send(peer, ack);
    }
  }

  #broadcast(update: Uint8Array, authors: ReadonlySet<Peer>): void {
    const text = encodeMessage({ kind: 'update', update });
    const textOnly = new Packet([text]);
    const carets = this.#crowd.takeCarets();
    const shared = carets ? new Packet([text, carets.message]) : textOnly;
    const sole = authors.size === 1;
    for (const peer of this.#crowd.peers) {
      if (!peer.synced) continue;
      const ack = authors.has(peer) ? peer.ackPacket() : undefined;
      const packet = sole && authors.has(peer) ? carets?.forPeer(peer) : peer.lagging ? textOnly : shared;
      if (packet) this.#send(peer, packet, ack);
      else if (ack) this.#send(peer, ack);
    }
  }

  /** Keeps a gapped update, unacked and unapplied, until this peer's sync-step-2 closes the gap. */
  #hold(offer: Offer): void {
    const { peer } = offer;
    peer.gap ??= { since: this.#parts.clock.elapsed(), asked: false };
    if (peer.answered && !peer.gap.asked) {
      peer.gap.asked = true;
      this.#ask(peer);
    }
    (peer.held ??= []).push(offer);
    peer.heldBytes += offer.update.length;
    if (peer.heldBytes > this.#parts.limits.heldBytes) peer.close(CLOSES.gap);
  }

  here(): Here {
    return this.#crowd.here();
  }

  renamed(actorId: string, name: string): void {
    this.#crowd.renamed(actorId, name);
  }

  factsChanged(): void {
    this.#crowd.factsChanged();
  }

  /** Now and then: quiet peers hear something, gaps that did not close end. */
  sweep(now: number): void {
    for (const peer of this.#crowd.peers) {
      if (peer.gap && now - peer.gap.since > this.#parts.limits.heldMs) peer.close(CLOSES.gap);
      else if (now - peer.lastSent > TIMES.keepAlive) this.#send(peer, KEEP_ALIVE);
    }
  }

  /** True when nobody is here, nothing waits, and nobody has been here for a while. */
  idle(now: number): boolean {
    return (
      this.#crowd.peers.size === 0 &&
      this.#writing.idle &&
      !this.#snapshots.busy &&
      now - this.#emptySince > TIMES.linger
    );
  }

  /** Makes the next load short; true while that is under way. */
  tidy(): boolean {
    return this.#snapshots.beforeUnload();
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

  /** Changes the note in an actor's name, by the way of every other update. False when it was given up. */
  edit(actor: string, change: (doc: Y.Doc) => void): Promise<boolean> {
    this.#emptySince = this.#parts.clock.elapsed();
    return new Promise((settle) => this.#writing.edit({ actor, change, settle }));
  }

  flush(): Promise<void> {
    return this.#writing.flush();
  }

  /** Closes every peer for this reason and the room with them. */
  end(close: Close): void {
    for (const peer of [...this.#crowd.peers]) peer.close(close);
    this.stop();
    this.#parts.ended();
  }

  /** Lets go of timers and memory. */
  stop(): void {
    this.#cancelAsk?.();
    this.#crowd.stop();
    this.#writing.stop();
    this.#state.destroy();
  }

  /** All peers, for a drain. */
  everyone(): readonly Peer[] {
    return [...this.#crowd.peers];
  }
}
