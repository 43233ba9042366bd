import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type ServerOptions, WebSocket, WebSocketServer } from 'ws';
import { type Close, CLOSES } from '#core/wire/closes.ts';
import { SUBPROTOCOL } from '#core/wire/messages.ts';
import type { Admit } from './admission.ts';
import type { Clock } from './clock.ts';
import type { ClientAddress } from './http/client-address.ts';
import type { Admission, Refusal } from './sync/admission-types.ts';
import type { Limits } from './sync/limits.ts';
import type { Connection, Rooms } from './sync/rooms.ts';
import type { Packet } from './sync/socket.ts';
import { type PeerSocket } from './sync/socket.ts';
import { Unfinished } from './unfinished.ts';
import { frame, maskedBytes, PING } from './websocket-frame.ts';

/** How often a peer must show a sign of life; after two silent turns it is gone without a goodbye. */
const ALIVE_MS = 30_000;
/** A peer that does not answer our close is cut off after this. */
const CLOSE_MS = 10_000;
/** ws defends itself against messages in endless or tiny pieces with these; no honest client comes near. */
const PIECES = { maxFragments: 256, maxBufferedChunks: 4096 } as const;

export interface SyncParts {
  rooms: Rooms;
  admit: Admit;
  addressOf: ClientAddress;
  limits: Limits;
  clock: Clock;
}

/** The WebSocket edge: `/sync/<noteId>` on an HTTP server. Returns what stops it; upgrades elsewhere are not touched. */
export function attachSync(server: Server, parts: SyncParts): () => void {
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    perMessageDeflate: false,
    maxPayload: parts.limits.messageBytes + 64,
    ...PIECES,
    closeTimeout: CLOSE_MS,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  };
  const sockets = new WebSocketServer(options);
  const links = new Set<Link>();
  const unfinished = new Unfinished(parts.limits.unfinishedBytes);
  const perAddress = new Map<string, number>();
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!request.url?.startsWith('/sync/')) return;
    surviveErrors(socket);
    const address = parts.addressOf(request);
    // Counted before the door is asked, so that a flood of upgrades is counted too.
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
    socket.once('close', () => left(address));
    answer(request, socket, head, address).catch(() => socket.destroy());
  };
  const left = (address: string): void => {
    const others = (perAddress.get(address) ?? 1) - 1;
    if (others > 0) perAddress.set(address, others);
    else perAddress.delete(address);
  };
  const answer = async (request: IncomingMessage, socket: Duplex, head: Buffer, address: string): Promise<void> => {
    const decision = await decide(parts, request, address, perAddress);
    if (socket.destroyed) return;
    if (decision.kind === 'refuse') return refuseUpgrade(socket, decision);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      // ws reports what is wrong with a frame here; without a listener one bad frame ends the process.
      ws.on('error', ignore);
      if (decision.kind === 'close') return ws.close(decision.close.code, decision.close.reason);
      connect(ws, socket, decision);
    });
  };
  const connect = (ws: WebSocket, socket: Duplex, admission: Admission): void => {
    const link = new Link(ws, socket, unfinished, (gone) => links.delete(gone));
    links.add(link);
    link.start(parts.rooms.join(link, admission));
  };
  server.on('upgrade', upgrade);
  const stopBeat = beat(parts.clock, links);
  return () => {
    stopBeat();
    server.off('upgrade', upgrade);
    for (const link of links) link.cut();
    sockets.close();
  };
}

/** From the upgrade to the handshake nobody else listens: an error event without a listener would end the process. */
function surviveErrors(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
}

function ignore(): void {
  // ws closes the socket itself.
}

async function decide(
  { admit, limits }: SyncParts,
  request: IncomingMessage,
  address: string,
  perAddress: ReadonlyMap<string, number>,
): ReturnType<Admit> {
  if ((perAddress.get(address) ?? 0) > limits.peersPerAddress)
    return { kind: 'refuse', status: 503, headers: { 'retry-after': '10' }, reason: 'Too many connections from here.' };
  try {
    return await admit({ url: request.url ?? '', headers: request.headers, remoteAddress: address });
  } catch {
    return { kind: 'close', close: CLOSES.cannotStore };
  }
}

/** An HTTP answer on a socket that will not become a WebSocket. Ends the socket also for a peer that keeps its half open. */
export function refuseUpgrade(socket: Duplex, { status, headers, reason }: Omit<Refusal, 'kind'>): void {
  surviveErrors(socket);
  const body = `${reason}\n`;
  const lines = Object.entries({
    ...headers,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`);
}

/** One timer for all: asks every peer for a sign of life and cuts those that gave none. */
function beat(clock: Clock, links: ReadonlySet<Link>): () => void {
  let cancel = (): void => undefined;
  const turn = (): void => {
    for (const link of links) link.beat();
    cancel = clock.after(ALIVE_MS, turn);
  };
  cancel = clock.after(ALIVE_MS, turn);
  return () => cancel();
}

/** One WebSocket as the engine sees it. */
class Link implements PeerSocket {
  readonly #ws: WebSocket;
  /** The TCP socket below: without compression a frame is plain bytes, and one built frame serves every peer. */
  readonly #socket: Duplex;
  readonly #unfinished: Unfinished;
  #alive = true;
  #connection: Connection | null = null;

  readonly #gone: (link: Link) => void;

  constructor(ws: WebSocket, socket: Duplex, unfinished: Unfinished, gone: (link: Link) => void) {
    this.#ws = ws;
    this.#socket = socket;
    this.#unfinished = unfinished;
    this.#gone = gone;
  }

  start(connection: Connection): void {
    this.#connection = connection;
    // Before ws reads it: a message that ends in these bytes is then known to have ended.
    this.#socket.prependListener('data', (chunk: Buffer) => this.#unfinished.came(this, chunk.length));
    this.#ws.on('message', (data: RawData, isBinary: boolean) => {
      this.#alive = true;
      if (!isBinary || !Buffer.isBuffer(data)) return this.close(CLOSES.malformed);
      this.#unfinished.ended(this, maskedBytes(data.length));
      if (this.#ws.readyState !== WebSocket.OPEN) return;
      // Not the Buffer itself: its slice() is a view, and the engine keeps copies.
      connection.receive(new Uint8Array(data.buffer, data.byteOffset, data.length));
    });
    this.#ws.on('pong', (data: Buffer) => {
      this.#alive = true;
      this.#unfinished.apart(this, maskedBytes(data.length));
    });
    this.#ws.on('ping', (data: Buffer) => this.#unfinished.apart(this, maskedBytes(data.length)));
    this.#ws.on('close', () => {
      connection.closed();
      this.#unfinished.left(this);
      this.#gone(this);
    });
  }

  get queuedBytes(): number {
    return this.#socket.writableLength;
  }

  send(packet: Packet, second?: Packet): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    if (!second) {
      this.#socket.write(wire(packet));
      return;
    }
    this.#socket.cork();
    this.#socket.write(wire(packet));
    this.#socket.write(wire(second));
    this.#socket.uncork();
  }

  /** The peer leaves its room at once, not when it has answered the close. */
  close(close: Close): void {
    this.#ws.resume();
    this.#ws.close(close.code, close.reason);
    this.#connection?.closed();
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    this.#ws.resume();
  }

  beat(): void {
    if (!this.#alive) return this.cut();
    this.#alive = false;
    if (this.#ws.readyState === WebSocket.OPEN) this.#socket.write(PING);
  }

  cut(): void {
    this.#ws.terminate();
  }
}

function wire(packet: Packet): Uint8Array {
  return (packet.wire ??= Buffer.concat(packet.messages.map(frame)));
}
