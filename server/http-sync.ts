import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { bundle, unbundle } from '#core/wire/bundle.ts';
import { CLOSES } from '#core/wire/closes.ts';
import { SUBPROTOCOL } from '#core/wire/messages.ts';
import { UNWANTED_BYTES } from './http/last-words.ts';
import { type Answer, HttpLink, type Taken } from './http-link.ts';
import type { SyncParts } from './socket.ts';
import { Unfinished } from './unfinished.ts';

export interface HttpSyncParts extends SyncParts {
  /** Name of a link: whoever knows it is the peer. */
  newSecret(): string;
}

export interface HttpSync {
  /** `next` for what is none of its requests. */
  front(next: RequestListener): RequestListener;
  stop(): void;
}

/** `POST /sync/<noteId>` opens a link; `POST /sync/<noteId>/<link>` asks (`?from=`), brings frames (`?first=`), or leaves. */
const ADDRESS = /^\/sync\/([^/?]+)(?:\/([A-Za-z0-9_-]{10,100}))?$/;

/** The HTTP edge of `/sync/`, for networks that let no WebSocket through (HT): the same door, rooms, acks and guards. */
export function createHttpSync(parts: HttpSyncParts): HttpSync {
  const links = new Map<string, { link: HttpLink; address: string }>();
  const unfinished = new Unfinished(parts.limits.unfinishedBytes);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://host');
    const [, , name] = ADDRESS.exec(url.pathname) ?? [];
    if (name === undefined) return open(request, response);
    const link = links.get(name)?.link;
    // After a restart of the server, or too long a silence: the peer begins anew.
    if (!link) return say(response, 404, { reason: 'There is no such link any more.' });
    const [from, first] = [number(url, 'from'), number(url, 'first')];
    if (first !== null)
      return tell(response, await take(link, first, await read(request, parts.limits.messageBytes + 64, unfinished)));
    if (from === null) {
      link.cut();
      return say(response, 200, {});
    }
    const dropped = new AbortController();
    response.once('close', () => dropped.abort());
    tell(response, await link.ask(from, dropped.signal));
  };
  const open = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const address = parts.addressOf(request);
    const others = [...links.values()].filter((known) => known.address === address).length;
    if (others >= parts.limits.peersPerAddress)
      return say(response, 503, { reason: 'Too many connections from here.' }, { 'retry-after': '10' });
    const headers = { ...request.headers, 'sec-websocket-protocol': SUBPROTOCOL };
    const decision = await parts.admit({ url: request.url ?? '', headers, remoteAddress: address });
    if (decision.kind === 'refuse')
      return say(response, decision.status, { reason: decision.reason }, decision.headers);
    if (decision.kind === 'close') return say(response, 200, { close: decision.close });
    if (response.destroyed) return;
    const name = parts.newSecret();
    const link = new HttpLink(parts.clock, () => links.delete(name));
    links.set(name, { link, address });
    link.start(parts.rooms.join(link, decision));
    say(response, 201, { link: name });
  };
  return {
    front: (next) => (request, response) => {
      if (request.method !== 'POST' || !request.url?.startsWith('/sync/')) return next(request, response);
      answer(request, response).catch(() => {
        if (response.headersSent) response.destroy();
        else say(response, 503, { reason: CLOSES.cannotStore.reason });
      });
    },
    stop() {
      for (const { link } of links.values()) link.cut();
    },
  };
}

/** null when it is not there or no number. */
function number(url: URL, name: string): number | null {
  const text = url.searchParams.get(name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

type TooMuch = { kind: 'too-much' };

async function take(link: HttpLink, first: number, body: Uint8Array | null): Promise<Taken | TooMuch> {
  if (!body) return { kind: 'too-much' };
  try {
    return await link.take(first, unbundle(body));
  } catch {
    link.close(CLOSES.malformed);
    return { kind: 'closed', close: CLOSES.malformed };
  }
}

/** null when it is longer than that. */
async function read(request: IncomingMessage, most: number, unfinished: Unfinished): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  const sender = { cut: () => void request.destroy() };
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > UNWANTED_BYTES) break;
      // Taken to its end and thrown away, so that the refusal is heard (http/last-words.ts).
      if (bytes > most) continue;
      chunks.push(chunk);
      unfinished.came(sender, chunk.length);
    }
  } finally {
    unfinished.left(sender);
  }
  if (bytes > most) return null;
  const body = Buffer.concat(chunks);
  return new Uint8Array(body.buffer, body.byteOffset, body.length);
}

function tell(response: ServerResponse, result: Answer | Taken | TooMuch): void {
  switch (result.kind) {
    case 'frames':
      return void response
        .writeHead(200, { ...HEADERS, 'content-type': 'application/octet-stream' })
        .end(bundle(result.frames));
    case 'taken':
      return say(response, 200, {});
    case 'gap':
      return say(response, 409, { reason: 'Frames before these are missing.' });
    case 'too-much':
      return say(response, 413, { reason: CLOSES.tooLarge.reason }, { connection: 'close' });
    case 'closed':
      return say(response, 410, { close: result.close });
  }
}

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

function say(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
