import { type Close, CLOSES } from '#core/wire/closes.ts';
import { encodeMessage } from '#core/wire/codec.ts';
import type { Clock } from '../clock.ts';
import { Acks } from './acks.ts';
import type { Admission } from './admission-types.ts';
import type { Limits } from './limits.ts';
import type { PresentPerson } from './presence.ts';
import { take, wait } from './rate.ts';
import { Packet, type PeerSocket } from './socket.ts';

/** A sync-step-2 or update frame on its way to the log. */
export interface Offer {
  peer: Peer;
  update: Uint8Array;
  /** Its number on the connection, for the ack. */
  frame: number;
  step2: boolean;
}

/** One socket in a room. */
export class Peer {
  admission: Admission;
  readonly person: PresentPerson;
  /** True once the peer got the note's state: only then do updates mean anything to it. */
  synced = false;
  /** True once the peer answered our sync-step-1. */
  answered = false;
  closed = false;
  /** Set when a frame of this peer was refused: what it still has under way is dropped. */
  refused = false;
  /** When the last packet went out, by the monotonic clock. */
  lastSent: number;
  /** Updates that wait for earlier ones, in order. */
  held: Offer[] | null = null;
  heldBytes = 0;
  /** The gap they wait for: since when, and whether the peer was asked for what is missing. */
  gap: { since: number; asked: boolean } | null = null;
  readonly acks: Acks;
  readonly #socket: PeerSocket;
  readonly #clock: Clock;
  readonly #limits: Limits;
  /** Rates, see rate.ts. */
  #framesUntil = 0;
  #bytesUntil = 0;
  #pausedUntil = 0;
  #overRate = false;
  #pauses = 0;

  readonly #closes: Map<string, number>;

  constructor(
    socket: PeerSocket,
    admission: Admission,
    personId: string,
    clock: Clock,
    limits: Limits,
    closes: Map<string, number>,
  ) {
    this.#closes = closes;
    this.#socket = socket;
    this.#clock = clock;
    this.#limits = limits;
    this.admission = admission;
    this.person = { id: personId, name: admission.shownName, colour: '#000000' };
    this.acks = new Acks();
    this.lastSent = clock.elapsed();
  }

  /** Counts a frame against the peer's rate; over it, reading stops for a while and nothing is lost. */
  meter(bytes: number, frames = 1): void {
    const at = this.#clock.elapsed();
    const { framesPerSecond, frameBurst, bytesPerSecond, byteBurst } = this.#limits;
    this.#framesUntil = take(this.#framesUntil, at, frames, framesPerSecond);
    this.#bytesUntil = take(this.#bytesUntil, at, bytes, bytesPerSecond);
    const ms = Math.max(
      wait(this.#framesUntil, at, framesPerSecond, frameBurst),
      wait(this.#bytesUntil, at, bytesPerSecond, byteBurst),
    );
    if (ms === 0) return;
    this.#pausedUntil = at + ms;
    if (this.#overRate) return;
    this.#overRate = true;
    this.pause();
    this.#restLater(ms);
  }

  /** Frames that were on their way when reading stopped count too, so the rest may have grown meanwhile. */
  #restLater(ms: number): void {
    this.#clock.after(ms, () => {
      const left = this.#pausedUntil - this.#clock.elapsed();
      if (left > 0 && !this.closed) return this.#restLater(left);
      this.#overRate = false;
      this.resume();
    });
  }

  /** Reading stops until as many calls of `resume` as of `pause` were made: there is more than one reason to wait. */
  pause(): void {
    if (this.#pauses++ === 0 && !this.closed) this.#socket.pause();
  }

  resume(): void {
    if (--this.#pauses === 0 && !this.closed) this.#socket.resume();
  }

  send(packet: Packet, second?: Packet): void {
    if (this.closed) return;
    if (this.#socket.queuedBytes > this.#limits.queuedBytesClose) return this.close(CLOSES.slowReader);
    this.lastSent = this.#clock.elapsed();
    this.#socket.send(packet, second);
  }

  /** Too slow for presence: text still gets through. */
  get lagging(): boolean {
    return this.#socket.queuedBytes > this.#limits.queuedBytesPresence;
  }

  /** The ack that is due, for a peer that understands it. */
  ackPacket(): Packet | undefined {
    if (!this.admission.acks) return undefined;
    const count = this.acks.due();
    return count === null ? undefined : new Packet([encodeMessage({ kind: 'ack', count })]);
  }

  /** The transport reports the end of the socket through the room; here the peer only falls silent. */
  close(close: Close): void {
    if (this.closed) return;
    this.#closes.set(close.reason, (this.#closes.get(close.reason) ?? 0) + 1);
    this.refused ||= close.code < 4500 && close.code >= 4400;
    this.#socket.close(close);
  }
}
