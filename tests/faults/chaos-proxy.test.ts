import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChaosProxy } from '../support/chaos-proxy.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { Random } from '../support/random.ts';

vi.setConfig({ testTimeout: 60_000 });

let clock: FakeClock;
let proxy: ChaosProxy;
let server: Server;
let served: Promise<Socket>;
let client: Socket;

beforeEach(async () => {
  clock = new FakeClock();
  server = createServer();
  served = new Promise((come) => server.once('connection', come));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  proxy = new ChaosProxy({ target: (server.address() as AddressInfo).port, clock, random: new Random(1) });
  await proxy.open();
});

afterEach(async () => {
  client.destroy();
  await proxy.close();
  await new Promise((closed) => server.close(closed));
});

async function join(): Promise<Socket> {
  client = connect(proxy.port, '127.0.0.1');
  client.on('error', () => undefined);
  const other = await served;
  other.on('error', () => undefined);
  return other;
}

/** Resolves when the proxy holds so many bytes. */
async function holds(bytes: number): Promise<void> {
  while (proxy.underWay !== bytes) await new Promise((turn) => setImmediate(turn));
}

function reading(socket: Socket): { text: string } {
  const read = { text: '' };
  socket.on('data', (chunk: Buffer) => (read.text += chunk.toString()));
  return read;
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((turn) => setImmediate(turn));
}

const closed = (socket: Socket): Promise<void> => new Promise((gone) => socket.once('close', () => gone()));

test('NW1: delay, a slow line and a stall hold bytes back by the clock and lose none', async () => {
  const read = reading(await join());
  proxy.air = { delay: 1_000, rate: 10 };
  client.write('0123456789');
  await holds(10);
  await clock.advance(1_999);
  expect(proxy.underWay).toBe(10);
  proxy.strike({ kind: 'stall', ms: 5_000 });
  client.write('abc');
  await holds(13);
  await clock.advance(4_999);
  expect([proxy.underWay, read.text]).toEqual([13, '']);
  await clock.advance(1);
  await until(() => read.text === '0123456789abc');
});

test('NW1: a cut ends both ends, a reset breaks them', async () => {
  for (const kind of ['cut', 'reset'] as const) {
    served = new Promise((come) => server.once('connection', come));
    const other = await join();
    const broken: string[] = [];
    for (const socket of [client, other]) socket.on('error', ({ message }) => broken.push(message));
    const ends = Promise.all([closed(client), closed(other)]);
    for (const socket of [client, other]) socket.resume();
    proxy.strike({ kind });
    await ends;
    expect(broken.filter((message) => message.includes('ECONNRESET'))).toHaveLength(kind === 'reset' ? 2 : 0);
  }
});

test('NW1: half-open: one end is gone, the other is not told and what it says is lost', async () => {
  const other = await join();
  const read = reading(other);
  client.resume();
  const gone = closed(client);
  proxy.strike({ kind: 'half-open', lost: 'client' });
  await gone;
  await new Promise((written) => other.write('anybody?', written));
  expect([other.readyState, read.text, proxy.underWay]).toEqual(['open', '', 0]);
});

test('NW1: without a network a connection is refused or hangs, and none reaches the server', async () => {
  let reached = 0;
  server.on('connection', () => reached++);
  proxy.offline = true;
  for (let i = 1; i <= 8; i++) {
    client = connect(proxy.port, '127.0.0.1');
    client.on('error', () => undefined);
    await until(() => proxy.taken === i);
  }
  expect(reached).toBe(0);
  expect(proxy.lines).toBeGreaterThan(0);
  expect(proxy.lines).toBeLessThan(8);
});
