import type { Clock, LinkSocket } from './platform.ts';

/** Without a WebSocket for this long, plain requests are tried beside it. */
const PATIENCE_MS = 5_000;
/** When requests work first, the WebSocket has this long to open after all: a server that comes back takes both. */
const GRACE_MS = 2_000;
/** While requests are the way, a WebSocket is tried again after this, and then each time later. */
const AGAIN_MS = 10_000;
const AND_AGAIN_MS = 60_000;
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

/** What was learnt of WebSockets on this page. */
interface Learnt {
  /** Since when none has worked, `clock.elapsed()`; null while one does. */
  without: number | null;
  /** The last one opened and brought nothing: a proxy took it for its own. */
  swallowed: boolean;
}

/** HT1: opens what the network lets through. One for each note: it remembers what became of WebSockets before. */
export function ways(parts: WaysParts): (url: string, protocol: string) => LinkSocket {
  const learnt: Learnt = { without: null, swallowed: false };
  return (url, protocol) => {
    learnt.without ??= parts.clock.elapsed();
    return new EitherWay(parts, learnt, url, protocol);
  };
}

/** A WebSocket, and after some patience plain requests beside it; from when one of them works it is that one. */
class EitherWay implements LinkSocket {
  binaryType = 'arraybuffer';
  onopen: LinkSocket['onopen'] = null;
  onmessage: LinkSocket['onmessage'] = null;
  onclose: LinkSocket['onclose'] = null;
  onerror: LinkSocket['onerror'] = null;
  readonly #parts: WaysParts;
  readonly #learnt: Learnt;
  readonly #open: () => LinkSocket;
  #socket: LinkSocket | null;
  #requests: LinkSocket | null = null;
  /** Plain requests are on their way. */
  #coming = false;
  #way: Way | null = null;
  #chosenAt = 0;
  #brought = false;
  #requestsOpened = false;
  /** What requests brought before they were chosen. */
  readonly #early: { data: unknown }[] = [];
  #over = false;
  #cancel: () => void = () => undefined;

  constructor(parts: WaysParts, learnt: Learnt, url: string, protocol: string) {
    this.#parts = parts;
    this.#learnt = learnt;
    this.#open = () => parts.webSocket(url, protocol);
    this.#socket = this.#open();
    this.#watchSocket(this.#socket);
    const beside = (): void => void this.#beside(parts.httpSocket(url));
    const patience = (learnt.without ?? 0) + PATIENCE_MS - parts.clock.elapsed();
    if (patience > 0) this.#cancel = parts.clock.after(patience, beside);
    else beside();
  }

  get way(): Way {
    return this.#way ?? 'socket';
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    (this.#way === 'requests' ? this.#requests : this.#socket)?.send(frame);
  }

  close(): void {
    // Given up by who waited for something on it.
    const silent = this.#way === 'socket' && !this.#brought;
    if (silent && this.#parts.clock.elapsed() - this.#chosenAt >= PATIENCE_MS) this.#learnt.swallowed = true;
    this.#release();
  }

  #release(): void {
    this.#over = true;
    this.#cancel();
    this.#socket = drop(this.#socket);
    this.#requests = drop(this.#requests);
  }

  #watchSocket(socket: LinkSocket): void {
    socket.binaryType = 'arraybuffer';
    socket.onerror = () => undefined;
    socket.onopen = () => {
      if (!this.#learnt.swallowed || (!this.#requests && !this.#coming)) this.#choose('socket');
    };
    socket.onmessage = (event) => {
      this.#brought = true;
      Object.assign(this.#learnt, { without: null, swallowed: false });
      this.onmessage?.(event);
    };
    socket.onclose = (event) => {
      this.#socket = null;
      const other = this.#requests !== null || this.#coming;
      if (this.#way === null && other && event.code === BROKEN) this.#chooseRequests();
      else this.#ended(event);
    };
  }

  async #beside(coming: Promise<LinkSocket>): Promise<void> {
    this.#coming = true;
    const requests = await coming.catch(() => null);
    this.#coming = false;
    if (this.#over || this.#way) return requests?.close();
    if (requests) this.#watchRequests(requests);
    else if (!this.#socket) this.#ended({ code: BROKEN, reason: '' });
  }

  #watchRequests(requests: LinkSocket): void {
    this.#requests = requests;
    requests.onopen = () => {
      this.#requestsOpened = true;
      if (!this.#socket || this.#learnt.swallowed) this.#chooseRequests();
      else this.#cancel = this.#parts.clock.after(GRACE_MS, () => this.#chooseRequests());
    };
    requests.onmessage = (event) => {
      if (this.#way === 'requests') this.onmessage?.(event);
      else this.#early.push(event);
    };
    requests.onclose = (event) => {
      this.#requests = null;
      this.#requestsOpened = false;
      if (this.#way === null && this.#socket && event.code === BROKEN) return this.#cancel();
      this.#ended(event);
    };
  }

  #chooseRequests(): void {
    if (!this.#requestsOpened || this.#way) return;
    this.#choose('requests');
    for (const event of this.#early.splice(0)) this.onmessage?.(event);
    this.#tryAgainIn(AGAIN_MS);
  }

  #choose(way: Way): void {
    if (this.#way) return;
    this.#cancel();
    this.#way = way;
    this.#chosenAt = this.#parts.clock.elapsed();
    if (way === 'socket') this.#requests = drop(this.#requests);
    else this.#socket = drop(this.#socket);
    this.onopen?.(undefined as never);
  }

  /** The network may have changed, or the server was only away: a WebSocket that opens ends this link, and the next one takes it. */
  #tryAgainIn(ms: number): void {
    if (this.#learnt.swallowed) return;
    this.#cancel = this.#parts.clock.after(ms, () => {
      const probe = this.#open();
      this.#socket = probe;
      probe.onopen = () => {
        this.#learnt.without = null;
        this.#ended({ code: BROKEN, reason: '' });
      };
      probe.onclose = () => {
        this.#socket = null;
        this.#tryAgainIn(AND_AGAIN_MS);
      };
    });
  }

  /** What the server says ends both; what merely broke was the last that was left. */
  #ended(event: { code: number; reason: string }): void {
    if (this.#over) return;
    this.#release();
    this.onclose?.(event);
  }
}

function drop(one: LinkSocket | null): null {
  if (!one) return null;
  one.onopen = one.onmessage = one.onclose = null;
  one.close();
  return null;
}
