import * as Y from 'yjs';
import { decodeMessage, encodeMessage } from '#core/wire/codec.ts';
import type { Close } from '#core/wire/closes.ts';
import type { Message } from '#core/wire/messages.ts';
import type { LinkSocket, Platform } from '../platform.ts';
import { HandClock } from './hand-clock.ts';

/** One end of a link in the tests; frames move only by `HandNetwork.crank()`. */
export class HandSocket implements LinkSocket {
  binaryType = '';
  onopen: LinkSocket['onopen'] = null;
  onmessage: LinkSocket['onmessage'] = null;
  onclose: LinkSocket['onclose'] = null;
  onerror: LinkSocket['onerror'] = null;
  readonly url: string;
  readonly protocol: string;
  open = false;
  closed = false;
  counted = 0;
  readonly up: Uint8Array[] = [];
  readonly down: Message[] = [];

  constructor(url: string, protocol: string) {
    this.url = url;
    this.protocol = protocol;
  }

  send(frame: Uint8Array): void {
    if (!this.open || this.closed) throw new Error('sent on a socket that is not open');
    this.up.push(frame);
  }

  close(): void {
    this.closed = true;
  }
}

/**
 * A server with one note and the network before it. Nothing moves before `crank()`; each way it can fail is a switch. It is
 * the contract of the client's tests; the real engine has its own.
 */
export class HandNetwork {
  readonly clock = new HandClock();
  readonly doc = new Y.Doc();
  readonly sockets: HandSocket[] = [];
  /** Every message any client sent, in order. */
  readonly heard: Message[] = [];
  /** False: connections fail. */
  reachable = true;
  /** True: sockets stay open but nothing moves. */
  stalled = false;
  /** False: frames are taken but not acked. */
  acking = true;
  onLine = true;
  /** How often a page asked that what it keeps be kept for good. */
  askedToKeep = 0;
  #wakers = new Set<() => void>();

  platform(parts: Partial<Platform> = {}): Platform {
    let own: (() => void) | null = null;
    return {
      clock: this.clock,
      random: () => 0,
      openSocket: (url, protocol) => this.#connect(url, protocol),
      online: () => this.onLine,
      onWake: (run) => {
        own = run;
        this.#wakers.add(run);
        return () => this.#wakers.delete(run);
      },
      tellTabs: () => {
        for (const run of this.#wakers) if (run !== own) run();
      },
      keepStorage: () => this.askedToKeep++,
      indexedDB: null,
      ...parts,
    };
  }

  /** The tab is shown again, or the network changed. */
  wake(): void {
    for (const run of this.#wakers) run();
  }

  get live(): HandSocket[] {
    return this.sockets.filter((socket) => !socket.closed);
  }

  /** Moves everything until nothing moves. True when something did. */
  crank(): boolean {
    let moved = false;
    while (!this.stalled && this.live.some((socket) => this.#step(socket))) moved = true;
    return moved;
  }

  /** Lets time pass, with the network running. */
  pass(ms: number): void {
    this.crank();
    this.clock.advance(ms, () => this.crank());
    this.crank();
  }

  /** The server closes every socket. Code 1006: the network broke. */
  closeAll({ code, reason }: Close | { code: 1006; reason: '' } = { code: 1006, reason: '' }): void {
    for (const socket of this.live) {
      socket.closed = true;
      socket.onclose?.({ code, reason });
    }
  }

  #connect(url: string, protocol: string): HandSocket {
    const socket = new HandSocket(url, protocol);
    this.sockets.push(socket);
    return socket;
  }

  #step(socket: HandSocket): boolean {
    if (!socket.open) return this.#answerOpening(socket);
    const frame = socket.up.shift();
    if (frame) {
      this.#take(socket, decodeMessage(frame));
      return true;
    }
    const message = socket.down.shift();
    if (!message) return false;
    socket.onmessage?.({ data: encodeMessage(message).slice().buffer });
    return true;
  }

  #answerOpening(socket: HandSocket): boolean {
    if (!this.reachable) {
      socket.closed = true;
      socket.onclose?.({ code: 1006, reason: '' });
      return true;
    }
    socket.open = true;
    socket.down.push({ kind: 'sync-step-1', stateVector: Y.encodeStateVector(this.doc) });
    socket.onopen?.(undefined as never);
    return true;
  }

  #take(socket: HandSocket, message: Message): void {
    this.heard.push(message);
    if (message.kind === 'sync-step-1')
      socket.down.push({ kind: 'sync-step-2', update: Y.encodeStateAsUpdate(this.doc, message.stateVector) });
    if (message.kind === 'awareness') this.#others(socket).forEach((other) => other.down.push(message));
    if (message.kind !== 'sync-step-2' && message.kind !== 'update') return;
    const before = Y.encodeStateVector(this.doc);
    Y.applyUpdate(this.doc, message.update);
    socket.counted++;
    if (this.acking) socket.down.push({ kind: 'ack', count: socket.counted });
    const update = Y.encodeStateAsUpdate(this.doc, before);
    this.#others(socket).forEach((other) => other.down.push({ kind: 'update', update }));
  }

  #others(socket: HandSocket): HandSocket[] {
    return this.live.filter((other) => other !== socket && other.open);
  }
}
