import { type Way, ways } from './ways.ts';

/** What the live note needs of the world around it. Tests give their own; pages take `browserPlatform()`. */
export interface Platform {
  clock: Clock;
  /** Uniform in [0, 1). */
  random(): number;
  openSocket(url: string, protocol: string): LinkSocket;
  /** False when the browser knows that it has no network at all. */
  online(): boolean;
  /**
   * Calls back when the network comes or goes, when this tab may have been frozen, or when another tab tells that the server is
   * back. The returned function stops it.
   */
  onWake(run: () => void): () => void;
  /** Tells the other tabs of this browser that the server is back. */
  tellTabs(): void;
  /** Asks the browser never to throw away by itself what it keeps for these pages. It may say no. */
  keepStorage(): void;
  /** null when this browser keeps nothing for pages (some private modes). */
  indexedDB: IDBFactory | null;
}

/** Time, the same shape as the server's. */
export interface Clock {
  /** Milliseconds since the epoch. Goes on while the machine sleeps; may jump. */
  now(): number;
  /** Milliseconds, monotonic. May stand still while the machine sleeps. */
  elapsed(): number;
  after(ms: number, run: () => void): () => void;
}

/** The part of a WebSocket that a connection uses. */
export interface LinkSocket {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: never) => void) | null;
  /** How it goes, where there is a choice (ways.ts). */
  readonly way?: Way;
  send(frame: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export function browserPlatform(): Platform {
  const tabs = otherTabs();
  return {
    clock: browserClock,
    random: () => Math.random(),
    openSocket: ways({
      clock: browserClock,
      webSocket: (url, protocol) => new WebSocket(url, [protocol]) as unknown as LinkSocket,
      async httpSocket(url) {
        const { HttpSocket } = await import('./http-socket.ts');
        return new HttpSocket(url, { clock: browserClock, fetch: (...asked) => fetch(...asked) });
      },
    }),
    online: () => navigator.onLine,
    onWake: (run) => listenForWake(tabs, run),
    tellTabs: () => tabs?.postMessage(null),
    // Not there on an unsafe origin, and refused where storage is blocked.
    keepStorage: () => void navigator.storage?.persist?.().catch(() => false),
    indexedDB: browserIndexedDB(),
  };
}

const browserClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

function listenForWake(tabs: BroadcastChannel | null, run: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  for (const name of ['online', 'offline']) window.addEventListener(name, run, { signal });
  // Not at the load of a page: a link that is just being opened would be taken for one from before.
  const shown = ({ persisted }: PageTransitionEvent): void => void (persisted && run());
  window.addEventListener('pageshow', shown, { signal });
  // `resume` is Chromium's "the frozen page runs again".
  for (const name of ['visibilitychange', 'resume']) document.addEventListener(name, run, { signal });
  if (tabs) tabs.onmessage = run;
  return () => {
    stop.abort();
    tabs?.close();
  };
}

/** Refused where the user has blocked what pages keep. */
function otherTabs(): BroadcastChannel | null {
  try {
    return new BroadcastChannel('plumbline: the server is back');
  } catch {
    return null;
  }
}

/** Merely reading `indexedDB` throws in pages whose storage the user has blocked. */
function browserIndexedDB(): IDBFactory | null {
  try {
    return window.indexedDB ?? null;
  } catch {
    return null;
  }
}
