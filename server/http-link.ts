import { type Close, CLOSES } from '#core/wire/closes.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './sync/rooms.ts';
import type { Packet, PeerSocket } from './sync/socket.ts';

/** A question for frames is held so long while there are none: under the 30 s after which proxies cut. */
const HOLD_MS = 20_000;
/** Who asks for nothing for this long is gone without a goodbye. */
const GONE_MS = 30_000;
/** Bytes of one answer, more or less: a proxy that gathers answers whole must not gather for long. */
const ANSWER_BYTES = 1_000_000;

/** What became of a question: frames from the one that was asked for, none yet, or the end. */
export type Answer = { kind: 'frames'; frames: Uint8Array[] } | { kind: 'closed'; close: Close };

/** What became of frames: taken (also those that had come before), not in order, or too late. */
export type Taken = { kind: 'taken' } | { kind: 'gap' } | { kind: 'closed'; close: Close };

/**
 * One peer whose network lets no WebSocket through, as the engine sees it (HT). Frames of both ways are numbered from 0: what was
 * lost on the way is asked for or sent again, and nothing is taken twice.
 */
export class HttpLink implements PeerSocket {
  readonly #clock: Clock;
  readonly #gone: (link: HttpLink) => void;
  #connection: Connection | null = null;
  /** Frames the peer has not said to have, and the number of the first. */
  #down: Uint8Array[] = [];
  #downFrom = 0;
  #queued = 0;
  #received = 0;
  #close: Close | null = null;
  #asking: ((answer: Answer) => void) | null = null;
  #paused: (() => void)[] | null = null;
  #cancelGone: () => void = () => undefined;

  constructor(clock: Clock, gone: (link: HttpLink) => void) {
    this.#clock = clock;
    this.#gone = gone;
  }

  start(connection: Connection): void {
    this.#connection = connection;
    this.#seen();
  }

  /** The frames from this number on; the peer has all before it. An older question gets an empty answer. */
  ask(from: number, dropped: AbortSignal): Promise<Answer> {
    this.#seen();
    this.#answer();
    const had = from - this.#downFrom;
    if (had < 0 || had > this.#down.length) this.close(CLOSES.malformed);
    else {
      for (const frame of this.#down.splice(0, had)) this.#queued -= frame.length;
      this.#downFrom = from;
    }
    return new Promise((resolve) => {
      const cancel = this.#clock.after(HOLD_MS, () => this.#answer());
      this.#asking = (answer) => {
        this.#asking = null;
        cancel();
        this.#seen();
        resolve(answer);
      };
      dropped.addEventListener('abort', () => this.#answer(), { once: true });
      if (this.#down.length > 0 || this.#close) this.#answer();
    });
  }

  /** Frames of the peer, of which the first has this number. Waits while the engine wants nothing from it. */
  async take(first: number, frames: readonly Uint8Array[]): Promise<Taken> {
    this.#seen();
    if (this.#paused) await new Promise<void>((resume) => this.#paused?.push(resume));
    if (first > this.#received) return { kind: 'gap' };
    for (const [index, frame] of frames.entries()) {
      if (this.#close) break;
      if (first + index !== this.#received) continue;
      this.#received++;
      this.#connection?.receive(frame);
    }
    return this.#close ? { kind: 'closed', close: this.#close } : { kind: 'taken' };
  }

  get queuedBytes(): number {
    return this.#queued;
  }

  send(packet: Packet, second?: Packet): void {
    if (this.#close) return;
    for (const frame of [...packet.messages, ...(second?.messages ?? [])]) {
      this.#down.push(frame);
      this.#queued += frame.length;
    }
    this.#answer();
  }

  /** The peer leaves its room at once; it is told when it asks. */
  close(close: Close): void {
    if (this.#close) return;
    this.#close = close;
    this.resume();
    this.#connection?.closed();
    this.#answer();
  }

  pause(): void {
    this.#paused ??= [];
  }

  resume(): void {
    const waiting = this.#paused ?? [];
    this.#paused = null;
    for (const resume of waiting) resume();
  }

  /** Forgets the peer: it said goodbye, was told of its close, or is gone. */
  cut(): void {
    this.#close ??= CLOSES.restart;
    this.resume();
    this.#answer();
    this.#cancelGone();
    this.#connection?.closed();
    this.#gone(this);
  }

  #answer(): void {
    const asking = this.#asking;
    if (!asking) return;
    if (this.#down.length === 0 && this.#close) return asking({ kind: 'closed', close: this.#close });
    const frames: Uint8Array[] = [];
    let bytes = 0;
    for (const frame of this.#down) {
      if (bytes >= ANSWER_BYTES) break;
      frames.push(frame);
      bytes += frame.length;
    }
    asking({ kind: 'frames', frames });
  }

  #seen(): void {
    this.#cancelGone();
    this.#cancelGone = this.#clock.after(HOLD_MS + GONE_MS, () => this.cut());
  }
}
