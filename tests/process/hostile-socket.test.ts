import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../support/start-server.ts';
import type { RunningServer } from '../support/start-server.ts';

// A process of its own: what these peers try is to end it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: RunningServer;
let noteId: string;
/** A peer that never ends its headers, from the beginning of these tests on; everything it was told until it was cut off. */
let slow: Promise<Buffer>;
beforeAll(async () => {
  server = await startServer();
  slow = dripped();
  const [event] = (await (await fetch(`${server.url}/api/events`)).json()) as { slug: string }[];
  const whole = await (await fetch(`${server.url}/api/events/${event?.slug ?? ''}`)).json();
  noteId = (whole as { sessions: { noteId: string }[] }).sessions[0]?.noteId ?? '';
});
afterAll(() => server.dispose());

async function dripped(): Promise<Buffer> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`GET /sync/x HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nX-Slow: `);
  const drip = setInterval(() => socket.write('x'), 200);
  const said = await untilEnd(socket);
  clearInterval(drip);
  return said;
}

/** Memory of the server's process, in megabytes. */
async function memory(): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^plumbline_resident_bytes (\d+)$/m.exec(metrics)?.[1]) / 1e6;
}

/** The server still answers, in the same process, and an honest stock peer still gets in. */
async function goesOn(): Promise<void> {
  expect((await fetch(`${server.url}/healthz`)).status, server.output()).toBe(200);
  const honest = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${noteId}`);
  await new Promise((resolve, reject) => honest.once('open', resolve).once('error', reject));
  await end(honest);
}

function end(socket: WebSocket): Promise<unknown> {
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.close();
  return ended;
}

/** A TCP connection that has sent these lines. */
async function raw(lines: string[]): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  await new Promise((resolve) => socket.write(`${lines.join('\r\n')}\r\n\r\n`, resolve));
  return socket;
}

function upgrade(path: string, headers: string[] = []): Promise<Socket> {
  return raw([
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(server.url).host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  ]);
}

/** Everything the server says until it ends the connection. */
function untilEnd(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  return new Promise((resolve) => socket.once('close', () => resolve(Buffer.concat(parts))));
}

/** A client's frame as RFC 6455 has it, with a mask of zeros: `first` is FIN, RSV and opcode. */
function masked(first: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = length < 126 ? [first, 0x80 | length] : [first, 0x80 | 126, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

/** The code in the server's close frame, the last frame it sent. */
function closeCode(said: Buffer): number | null {
  const at = said.lastIndexOf(0x88);
  return at < 0 || at + 4 > said.length ? null : said.readUInt16BE(at + 2);
}

describe('before the handshake', () => {
  test.each(['/', '/elsewhere', '/sync/', '/sync/unknown', '/sync/%00'])(
    'SY18: a peer that asks to upgrade %s and vanishes costs nobody anything',
    async (path) => {
      for (let i = 0; i < 40; i++) {
        const socket = await upgrade(path);
        const gone = new Promise((resolve) => socket.once('close', resolve));
        socket.resetAndDestroy();
        await gone;
      }
      await goesOn();
    },
  );

  test.each([
    ['/elsewhere', 404],
    ['/sync/%2e%2e', 404],
    ['/sync/../healthz', 404],
  ])('SY18: an upgrade of %s is answered and ended, also when the peer keeps its half open', async (path, status) => {
    const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    const said = untilEnd(socket);
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('end', resolve));
    // Only a server that let go of its socket answers further bytes with a reset.
    const poke = setInterval(() => socket.write('x'), 5);
    expect((await said).toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    clearInterval(poke);
  });

  test.each([
    ['foreign', 'https://evil.example'],
    ['null', 'null'],
    ['of a lookalike', 'http://127.0.0.1.evil.example'],
  ])('ID8: an upgrade with an Origin that is %s is refused with 403', async (_, origin) => {
    const said = await untilEnd(await upgrade(`/sync/${noteId}`, [`Origin: ${origin}`]));
    expect(said.toString()).toMatch(/^HTTP\/1.1 403 /);
  });

  test('ID8: a device cookie without an Origin is refused with 403; without both a tool is served', async () => {
    const cookie = `Cookie: plumbline-device=${'a'.repeat(32)}`;
    expect((await untilEnd(await upgrade(`/sync/${noteId}`, [cookie]))).toString()).toMatch(/^HTTP\/1.1 403 /);
    await goesOn();
  });

  test.each(['X-Forwarded-Host: evil.example', 'X-Plumbline-Loopback: yes', 'X-Forwarded-For: 127.0.0.1'])(
    'ID7: an upgrade cannot talk itself in with %s',
    async (header) => {
      const said = await untilEnd(await upgrade(`/sync/${noteId}`, [header, 'Origin: http://evil.example']));
      expect(said.toString()).toMatch(/^HTTP\/1.1 403 /);
    },
  );

  test('SY18: 64 kB of headers are turned away', async () => {
    const said = await untilEnd(await upgrade(`/sync/${noteId}`, [`X-Long: ${'x'.repeat(65_000)}`]));
    expect(said.toString()).toMatch(/^HTTP\/1.1 431 /);
    await goesOn();
  });
});

describe('after the handshake', () => {
  const text = Buffer.from('hello');
  const ping = Buffer.alloc(126);
  test.each<[string, Buffer[], number]>([
    ['a reserved bit', [masked(0xc2, text)], 1002],
    ['a reserved opcode', [masked(0x83, text)], 1002],
    ['an unmasked frame', [Buffer.from([0x82, 1, 0])], 1002],
    ['a continuation of nothing', [masked(0x80, text)], 1002],
    ['a new message inside another', [masked(0x02, text), masked(0x82, text)], 1002],
    ['a ping that is too long', [masked(0x89, ping)], 1002],
    ['a close code that does not exist', [masked(0x88, Buffer.from([0x03, 0x00]))], 1002],
    ['a close reason that is no text', [masked(0x88, Buffer.from([0x03, 0xe8, 0xff, 0xfe]))], 1007],
    ['text that is no text', [masked(0x81, Buffer.from([0xc3, 0x28]))], 1007],
    ['an honest message sent as text', [masked(0x81, Buffer.from([0, 0, 1, 0]))], 4400],
    ['an empty message', [masked(0x82, Buffer.alloc(0))], 4400],
    [
      'a message of 2^62 bytes',
      [Buffer.from([0x82, 0xff, 0x3f, 0xff, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0])],
      1009,
    ],
    ['a message above the limit', [Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0])], 1009],
    ['more than 256 fragments', [masked(0x02, text), ...Array.from({ length: 300 }, () => masked(0x00, text))], 1008],
  ])('SY18: %s closes that socket only', async (_, frames, code) => {
    const socket = await upgrade(`/sync/${noteId}`);
    const said = untilEnd(socket);
    for (const frame of frames) socket.write(frame);
    // The server's half is done with its close frame; ours ends the rest.
    socket.write(masked(0x88, Buffer.from([0x03, 0xe8])));
    expect(closeCode(await said)).toBe(code);
    await goesOn();
  });

  test('SY18: a peer that vanishes in the middle of a frame costs nobody anything', async () => {
    for (let i = 0; i < 40; i++) {
      const socket = await upgrade(`/sync/${noteId}`);
      const gone = new Promise((resolve) => socket.once('close', resolve));
      socket.write(masked(0x82, text).subarray(0, i % 8));
      socket.resetAndDestroy();
      await gone;
    }
    await goesOn();
  });
});

test('SY18 (T17): messages in endless pieces, of many peers at once, cost less than 50 MB, and nobody else anything', async () => {
  const before = await memory();
  const peers = await Promise.all(Array.from({ length: 100 }, () => upgrade(`/sync/${noteId}`)));
  const piece = Buffer.alloc(1_000);
  const head = Buffer.alloc(14);
  head.set([0x82, 0xff]);
  head.writeUInt32BE(900_000, 6);
  for (const [i, peer] of peers.entries()) {
    // A beginning of a message that claims 900 kB, or two hundred fragments of one that never ends.
    const said = i % 5 ? Buffer.concat([head, piece]) : Buffer.concat([masked(0x02, Buffer.from([0])), ...crumbs()]);
    await new Promise((taken) => peer.write(said, taken));
  }
  await goesOn();
  const after = await memory();
  for (const peer of peers) peer.destroy();
  expect(after - before).toBeLessThan(50);
});

test('SY20 (T17): of 300 who never end messages of 900 kB those who began first are cut, and memory is bounded', async () => {
  const before = await memory();
  const cut: number[] = [];
  const peers: Socket[] = [];
  for (let i = 0; i < 300; i++) {
    const peer = await upgrade(`/sync/${noteId}`);
    peer.resume().once('close', () => cut.push(i));
    peers.push(peer);
    const begun = Buffer.alloc(850_000);
    begun.set([0x82, 0xff]);
    begun.writeUInt32BE(900_000, 6);
    peer.write(begun);
  }
  await vi.waitUntil(() => cut.length >= 285, { timeout: 30_000 });
  await goesOn();
  // 10 MB are held; what was thrown away lies about until the collector comes.
  expect((await memory()) - before).toBeLessThan(100);
  expect(cut.every((i) => i < 295)).toBe(true);
  for (const peer of peers) peer.destroy();
});

function crumbs(): Buffer[] {
  return Array.from({ length: 200 }, () => masked(0x00, Buffer.from([0])));
}

test('SY18 (T17): a peer that sends its headers one by one for ever is cut off', async () => {
  expect((await slow).toString()).toMatch(/^HTTP\/1.1 408 /);
  await goesOn();
});

test('SY14: after 300 peers have come and gone the server counts none', async () => {
  for (let round = 0; round < 10; round++) {
    const peers = Array.from({ length: 30 }, () => new WebSocket(`${server.url.replace('http', 'ws')}/sync/${noteId}`));
    await Promise.all(peers.map((peer) => new Promise((resolve) => peer.once('open', resolve))));
    await Promise.all(peers.map((peer, i) => (i % 2 ? end(peer) : cut(peer))));
  }
  await vi.waitUntil(
    async () => (await (await fetch(`${server.url}/metrics`)).text()).includes('plumbline_peers 0\n'),
    {
      timeout: 30_000,
    },
  );
});

function cut(socket: WebSocket): Promise<unknown> {
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.terminate();
  return ended;
}
