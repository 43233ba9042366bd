import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Clock } from '#server/clock.ts';
import type { Random } from './random.ts';

/** What a network is like at a moment. Milliseconds one way, and bytes per second each way. */
export interface Air {
  delay: number;
  rate: number;
}

export const GOOD_AIR: Air = { delay: 0, rate: Infinity };

export type Fault =
  /** Nothing moves for a while; then all of it does. How lost packets look from above. */
  | { kind: 'stall'; ms: number }
  /** Both ends are told that it is over. */
  | { kind: 'cut' }
  | { kind: 'reset' }
  /** One end is gone, or neither hears of the other any more, and nobody is told. */
  | { kind: 'half-open'; lost: 'client' | 'server' | 'both' };

export interface ChaosParts {
  /** Port on this machine that is proxied. */
  target: number;
  clock: Clock;
  random: Random;
}

/** Bytes a direction holds before it stops reading: what buffers on the way take. */
const BACKLOG = 256_000;

/** A TCP proxy that is as bad as it is told to be. What it does to which connection follows from its seed. */
export class ChaosProxy {
  air: Air = GOOD_AIR;
  /** No new connection gets through: it is refused, or hangs for ever. */
  offline = false;
  port = 0;
  /** Connections taken and faults struck so far. */
  taken = 0;
  struck = 0;
  readonly #parts: ChaosParts;
  readonly #lines = new Set<Line>();
  readonly #server = createServer({ allowHalfOpen: true }, (client) => this.#take(client));
  #stopStorm: () => void = () => undefined;

  constructor(parts: ChaosParts) {
    this.#parts = parts;
  }

  async open(): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
    this.port = (this.#server.address() as AddressInfo).port;
  }

  /** Open connections. */
  get lines(): number {
    return this.#lines.size;
  }

  /** Bytes on their way. */
  get underWay(): number {
    return [...this.#lines].reduce((sum, line) => sum + line.underWay, 0);
  }

  /** The same to every open connection. */
  strike(fault: Fault): void {
    for (const line of [...this.#lines]) line.suffer(fault);
  }

  /** Until `calm`, every so many milliseconds on average, something happens to some connection. */
  storm(every: number, worst: number): void {
    const { clock, random } = this.#parts;
    this.#stopStorm = clock.after(2 * random.next() * every, () => {
      const line = [...this.#lines][random.int(this.#lines.size)];
      const fault = drawFault(random, worst);
      if (line) this.struck++;
      line?.suffer(fault);
      this.storm(every, worst);
    });
  }

  /** No more faults come. What is stalled or half-open stays so. */
  calm(): void {
    this.#stopStorm();
    this.#stopStorm = () => undefined;
  }

  async close(): Promise<void> {
    this.calm();
    for (const line of [...this.#lines]) line.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }

  #take(client: Socket): void {
    this.taken++;
    const { clock, random, target } = this.#parts;
    if (this.offline && random.chance(0.5)) {
      client.on('error', () => undefined);
      return void client.resetAndDestroy();
    }
    const server = this.offline ? null : connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    const line = new Line(client, server, clock, () => this.air);
    this.#lines.add(line);
    line.ended = () => this.#lines.delete(line);
  }
}

/** Mostly stalls, from 0.2 s to `worst`, short ones more often. */
function drawFault(random: Random, worst: number): Fault {
  const dice = random.int(10);
  if (dice < 6) return { kind: 'stall', ms: 200 * (worst / 200) ** random.next() };
  if (dice < 8) return { kind: 'half-open', lost: random.pick(['client', 'server', 'both']) };
  return { kind: dice === 8 ? 'cut' : 'reset' };
}

/** One connection: two sockets and what is on its way between them. */
class Line {
  ended: () => void = () => undefined;
  readonly #client: Socket;
  readonly #server: Socket | null;
  readonly #ways: Way[];
  readonly #clock: Clock;
  #open = 2;

  constructor(client: Socket, server: Socket | null, clock: Clock, air: () => Air) {
    this.#client = client;
    this.#server = server;
    this.#clock = clock;
    this.#ways = server ? [new Way(client, server, clock, air), new Way(server, client, clock, air)] : [];
    if (!server) {
      this.#open = 1;
      client.resume().on('end', () => client.destroy());
    }
    for (const socket of [client, server]) {
      socket?.setNoDelay(true);
      socket?.on('error', () => undefined);
      socket?.on('close', () => {
        if (--this.#open === 0) this.ended();
      });
    }
  }

  get underWay(): number {
    return this.#ways.reduce((sum, way) => sum + way.bytes, 0);
  }

  suffer(fault: Fault): void {
    switch (fault.kind) {
      case 'stall':
        for (const way of this.#ways) way.hold(this.#clock.elapsed() + fault.ms);
        return;
      case 'cut':
        return this.destroy();
      case 'reset':
        for (const way of this.#ways) way.lose();
        this.#client.resetAndDestroy();
        this.#server?.resetAndDestroy();
        return;
      case 'half-open':
        for (const way of this.#ways) way.lose();
        if (fault.lost === 'client') this.#client.destroy();
        if (fault.lost === 'server') this.#server?.destroy();
    }
  }

  destroy(): void {
    for (const way of this.#ways) way.lose();
    this.#client.destroy();
    this.#server?.destroy();
  }
}

/** One direction: bytes come out in order, each not before its time. */
class Way {
  bytes = 0;
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #clock: Clock;
  readonly #air: () => Air;
  /** null: the end. */
  readonly #queue: { due: number; chunk: Buffer | null }[] = [];
  #freeAt = 0;
  #heldUntil = 0;
  #lost = false;
  #cancel: (() => void) | null = null;

  constructor(from: Socket, to: Socket, clock: Clock, air: () => Air) {
    this.#from = from;
    this.#to = to;
    this.#clock = clock;
    this.#air = air;
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('end', () => (this.#lost ? from.destroy() : this.#take(null)));
    // Broken, not ended: whoever is at the other side hears of it when what was sent before has arrived.
    from.on('close', () => this.#take(null));
  }

  /** Nothing comes out before this moment. */
  hold(until: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  /** What is on its way and all that still comes is lost, and nobody hears of it. */
  lose(): void {
    this.#lost = true;
    this.bytes = 0;
    this.#queue.length = 0;
    this.#cancel?.();
    this.#from.resume();
  }

  #take(chunk: Buffer | null): void {
    if (this.#lost) return;
    const { delay, rate } = this.#air();
    this.#freeAt = Math.max(this.#freeAt, this.#clock.elapsed()) + ((chunk?.length ?? 0) / rate) * 1000;
    this.#queue.push({ due: this.#freeAt + delay, chunk });
    this.bytes += chunk?.length ?? 0;
    if (this.bytes > BACKLOG) this.#from.pause();
    this.#pump();
  }

  #pump(): void {
    this.#cancel?.();
    this.#cancel = null;
    for (let first = this.#queue[0]; first; first = this.#queue[0]) {
      const wait = Math.max(first.due, this.#heldUntil) - this.#clock.elapsed();
      if (wait > 0) {
        this.#cancel = this.#clock.after(wait, () => this.#pump());
        return;
      }
      this.#queue.shift();
      this.#give(first.chunk);
    }
  }

  #give(chunk: Buffer | null): void {
    if (!chunk) return void this.#to.end();
    this.bytes -= chunk.length;
    if (this.bytes <= BACKLOG) this.#from.resume();
    if (this.#to.writable) this.#to.write(chunk);
  }
}
