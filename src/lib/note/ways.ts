import type { Clock, LinkSocket } from './platform.ts';

/** Without a WebSocket for this long, plain requests are tried beside it. */
const PATIENCE_MS = 5_000;
/** The code of a connection that broke without a word. */
const BROKEN = 1006;

/** How a note is connected: by a WebSocket, or by plain requests because the network let no WebSocket through. */
export type Way = 'socket' | 'requests';

export interface WaysParts {
  clock: Pick<Clock, 'elapsed' | 'after'>;
  webSocket(url: string, protocol: string): LinkSocket;
  /** Comes later: few networks need it. Rejects when its code cannot be had. */
  httpSocket(url: string): Promise<LinkSocket>;
}

/** HT1: opens what the network lets through. One for each note: it remembers for how long no WebSocket has worked. */
export function ways(parts: WaysParts): (url: string, protocol: string) => LinkSocket {
  let without: number | null = null;
  return (url, protocol) => {
    without ??= parts.clock.elapsed();
    return new EitherWay(parts, {
      ...{ url, protocol },
      patience: Math.max(0, without + PATIENCE_MS - parts.clock.elapsed()),
      socketWorks: () => (without = null),
    });
  };
}

interface Attempt {
  url: string;
  protocol: string;
  /** Milliseconds until plain requests are tried. */
  patience: number;
  /** Told when a WebSocket brought something: a proxy may let one open and nothing through. */
  socketWorks(): void;
}

/** A WebSocket, and after some patience plain requests beside it; from when one of them works it is that one. */
class EitherWay implements LinkSocket {
  binaryType = 'arraybuffer';
  onopen: LinkSocket['onopen'] = null;
  onmessage: LinkSocket['onmessage'] = null;
  onclose: LinkSocket['onclose'] = null;
  onerror: LinkSocket['onerror'] = null;
  #chosen: LinkSocket | null = null;
  #way: Way = 'socket';
  readonly #running = new Set<LinkSocket>();
  readonly #cancel: () => void;
  /** Plain requests are on their way. */
  #coming = false;
  #over = false;

  constructor(parts: WaysParts, { url, protocol, patience, socketWorks }: Attempt) {
    const socket = parts.webSocket(url, protocol);
    this.#watch(socket, 'socket', once(socketWorks));
    const beside = (): void => void this.#beside(parts.httpSocket(url));
    this.#cancel = patience > 0 ? parts.clock.after(patience, beside) : () => undefined;
    if (patience <= 0) beside();
  }

  get way(): Way {
    return this.#way;
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    this.#chosen?.send(frame);
  }

  close(): void {
    this.#over = true;
    this.#cancel();
    for (const one of [...this.#running]) this.#drop(one);
  }

  async #beside(coming: Promise<LinkSocket>): Promise<void> {
    this.#coming = true;
    const one = await coming.catch(() => null);
    this.#coming = false;
    if (this.#over || this.#chosen) return one?.close();
    if (one) this.#watch(one, 'requests', () => undefined);
    else if (this.#running.size === 0) this.onclose?.({ code: BROKEN, reason: '' });
  }

  #watch(one: LinkSocket, way: Way, heard: () => void): void {
    this.#running.add(one);
    one.binaryType = 'arraybuffer';
    // A WebSocket that brought nothing for so long must bring something before it is believed.
    one.onopen = () => {
      if (way === 'requests' || (this.#running.size === 1 && !this.#coming)) this.#choose(one, way);
    };
    one.onmessage = (event) => {
      heard();
      this.#choose(one, way);
      if (this.#chosen === one) this.onmessage?.(event);
    };
    one.onclose = (event) => this.#closed(one, event);
    one.onerror = () => undefined;
  }

  #choose(one: LinkSocket, way: Way): void {
    if (this.#chosen) return;
    this.#cancel();
    this.#chosen = one;
    this.#way = way;
    for (const other of [...this.#running]) if (other !== one) this.#drop(other);
    this.onopen?.(undefined as never);
  }

  /** What the server says ends both; what merely broke leaves the other its chance. */
  #closed(one: LinkSocket, event: { code: number; reason: string }): void {
    this.#running.delete(one);
    const saidSo = event.code !== BROKEN;
    if ((this.#running.size > 0 || this.#coming) && !saidSo) return;
    this.close();
    this.onclose?.(event);
  }

  #drop(one: LinkSocket): void {
    this.#running.delete(one);
    one.onopen = one.onmessage = one.onclose = null;
    one.close();
  }
}

function once(run: () => void): () => void {
  let ran = false;
  return () => {
    if (!ran) run();
    ran = true;
  };
}
