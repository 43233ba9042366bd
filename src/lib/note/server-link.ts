import { SUBPROTOCOL } from '#core/wire/messages.ts';
import { retryDelay } from './backoff.ts';
import type { LinkSocket, Platform } from './platform.ts';
import { finalClose, tryAgainReason, type FinalClose, type Trouble } from './trouble.ts';
import type { Way } from './ways.ts';

/** A frame without an ack for this long means "Not saved" and a new connection. Under the promised 8 s, to leave time to paint. */
const NO_ACK_MS = 7_500;
/** The server sends something at least every 20 s (SY12). */
const SILENCE_MS = 25_000;
/** Opening and the first exchange may take this long each. */
const OPENING_MS = 10_000;
/** After a possible sleep the server has this long to prove that the link is alive. */
const PROBE_MS = 4_000;
/** Once the network may have changed: what was begun before it did may hang for long. */
const OPENING_AFTER_WAKE_MS = 3_000;
/** How often the two clocks are compared, and the difference that means "this machine slept". */
const LOOK_EVERY_MS = 5_000;
const SLEPT_MS = 10_000;

export type Link =
  /** No socket. `nextTryAt` is in `clock.elapsed()`: clocks are set while one waits. */
  | { kind: 'waiting'; nextTryAt: number }
  | { kind: 'opening' }
  /** The socket is open. `synced`: the server's text is here. `way`: how it goes. */
  | { kind: 'open'; synced: boolean; way: Way }
  /** The server said that coming back as we are makes no sense. */
  | { kind: 'ended'; close: FinalClose }
  | { kind: 'closed' };

export interface LinkParts {
  /** Absolute `ws:` or `wss:` address of the note. */
  url: string;
  platform: Platform;
  /** A new socket is open: nothing was said on it yet. */
  opened(): void;
  heard(frame: Uint8Array): void;
  /** The socket is given up: what was under way on it is lost. */
  gone(): void;
  /** Sends something that the server must answer. */
  ask(): void;
  /** When the oldest frame without an ack went out, `clock.elapsed()`; null when there is none. */
  oldestSentAt(): number | null;
  /** Something that `link` or `trouble` show has changed. */
  changed(): void;
}

/** A socket to the server that comes back by itself, and never looks alive when it is not. Knows nothing of what is said on it. */
export class ServerLink {
  readonly #parts: LinkParts;
  readonly #stopWake: () => void;
  #link: Link = { kind: 'closed' };
  #trouble: Trouble | null = null;
  #socket: LinkSocket | null = null;
  #openedAt = 0;
  #openingMs = OPENING_MS;
  #heardAt = 0;
  #probeBy: number | null = null;
  #attempt = 0;
  /** Since the server's text was here last, a socket was given up. */
  #wasAway = false;
  #cancel: (() => void) | null = null;
  #lookedAt = { now: 0, elapsed: 0 };

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#stopWake = parts.platform.onWake(() => this.#woken());
  }

  get link(): Link {
    return this.#link;
  }

  /** Why changes are not being saved; null while they are. */
  get trouble(): Trouble | null {
    return this.#trouble;
  }

  get #way(): Way {
    return this.#socket?.way ?? 'socket';
  }

  get isOpen(): boolean {
    return this.#link.kind === 'open';
  }

  get isSynced(): boolean {
    return this.#link.kind === 'open' && this.#link.synced;
  }

  open(): void {
    const { platform, url } = this.#parts;
    this.#cancel?.();
    this.#openedAt = this.#heardAt = platform.clock.elapsed();
    this.#openingMs = OPENING_MS;
    this.#lookedAt = { now: platform.clock.now(), elapsed: platform.clock.elapsed() };
    const socket = platform.openSocket(url, SUBPROTOCOL);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#heard(event.data);
    socket.onclose = (event) => this.#lost(event.code, event.reason);
    socket.onerror = () => undefined;
    this.#socket = socket;
    this.#become({ kind: 'opening' });
    this.arm();
  }

  /** Ends for good. */
  close(): void {
    this.#stopWake();
    this.#cancel?.();
    this.#letGo();
    this.#become({ kind: 'closed' });
  }

  /** A person asks for a try at once. */
  retryNow(): void {
    if (this.#link.kind === 'waiting') this.open();
    else this.#proveAlive();
  }

  /** Nothing goes out while the link is not open. */
  send(frame: Uint8Array): void {
    if (this.isOpen) this.#socket?.send(frame as Uint8Array<ArrayBuffer>);
  }

  /** The server's text is here. */
  synced(): void {
    if (this.#wasAway) this.#parts.platform.tellTabs();
    this.#wasAway = false;
    this.#become({ kind: 'open', synced: true, way: this.#way });
  }

  /** All is well again: the next trouble is a new one. */
  healed(): void {
    this.#trouble = null;
    this.#attempt = 0;
  }

  /** Gives this socket up and waits for the next try. */
  drop(why: Trouble['why']): void {
    const since = this.#trouble?.since ?? this.#goodUntil();
    this.#letGo();
    this.#wasAway = true;
    this.#trouble = { why, since };
    this.#waitForTry(this.#attempt++);
  }

  /** Asks something the server must answer soon. */
  probe(): void {
    if (this.#probeBy !== null) return;
    this.#probeBy = this.#parts.platform.clock.elapsed() + PROBE_MS;
    this.#parts.ask();
    this.arm();
  }

  /** Looks again when the present socket may have died; called whenever that moment may have changed. */
  arm(): void {
    if (!this.#socket) return;
    const { clock } = this.#parts.platform;
    this.#cancel?.();
    this.#cancel = clock.after(Math.min(LOOK_EVERY_MS, Math.max(0, this.#deadline() - clock.elapsed())), () =>
      this.#look(),
    );
  }

  #opened(): void {
    this.#openedAt = this.#heardAt = this.#parts.platform.clock.elapsed();
    this.#openingMs = OPENING_MS;
    this.#become({ kind: 'open', synced: false, way: this.#way });
    this.#parts.opened();
    this.arm();
  }

  #heard(data: unknown): void {
    this.#heardAt = this.#parts.platform.clock.elapsed();
    this.#probeBy = null;
    this.#parts.heard(new Uint8Array(data as ArrayBuffer));
    this.arm();
  }

  /** The socket closed by itself or by the server's word. */
  #lost(code: number, reason: string): void {
    const close = finalClose(code, reason);
    if (!close) return this.drop(tryAgainReason(code, reason, this.isOpen));
    this.#letGo();
    this.#trouble = null;
    this.#cancel?.();
    this.#become({ kind: 'ended', close });
  }

  /** Forgets the socket without waiting for its close event, which a dead network may hold back for minutes. */
  #letGo(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#probeBy = null;
    this.#parts.gone();
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #waitForTry(attempt: number): void {
    const { clock, random } = this.#parts.platform;
    const ms = retryDelay(attempt, random);
    this.#cancel?.();
    this.#cancel = clock.after(ms, () => this.open());
    this.#become({ kind: 'waiting', nextTryAt: clock.elapsed() + ms });
  }

  /** The network came or went, the tab was shown again, the machine may have slept: trust nothing. */
  #woken(): void {
    this.#attempt = 0;
    if (this.#link.kind === 'waiting') return this.#waitForTry(0);
    this.#proveAlive();
    this.#parts.changed();
  }

  /** What was begun on a network that is gone by now may hang for long. */
  #proveAlive(): void {
    if (!this.isSynced) this.#openingMs = OPENING_AFTER_WAKE_MS;
    this.#look();
    if (this.isOpen) this.probe();
  }

  /** Is the socket dead, or did the machine sleep? */
  #look(): void {
    const { clock } = this.#parts.platform;
    const elapsed = clock.elapsed();
    const now = clock.now();
    const slept = now - this.#lookedAt.now - (elapsed - this.#lookedAt.elapsed) > SLEPT_MS;
    this.#lookedAt = { now, elapsed };
    if (this.#socket && (slept || elapsed >= this.#deadline())) this.drop('no-answer');
    else this.arm();
  }

  /** When the present socket counts as dead, `clock.elapsed()`. */
  #deadline(): number {
    if (!this.isSynced) return this.#openedAt + this.#openingMs;
    const noAck = (this.#parts.oldestSentAt() ?? Number.POSITIVE_INFINITY) + NO_ACK_MS;
    return Math.min(noAck, this.#heardAt + SILENCE_MS, this.#probeBy ?? Number.POSITIVE_INFINITY);
  }

  /** The last moment at which nothing spoke against the link, `clock.elapsed()`. */
  #goodUntil(): number {
    return this.#parts.oldestSentAt() ?? this.#parts.platform.clock.elapsed();
  }

  #become(link: Link): void {
    this.#link = link;
    this.#parts.changed();
  }
}
