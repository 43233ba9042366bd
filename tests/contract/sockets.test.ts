import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '#server/clock.ts';
import { memoryStore } from '#server/store/memory.ts';
import { oneEvent } from '../support/one-event.ts';
import { startSyncServer, type SyncServer } from '../support/sync-server.ts';

let server: SyncServer;
let noteId: string;
let bystander: WebSocket;

beforeEach(async () => {
  const store = memoryStore({ clock: systemClock });
  noteId = (await oneEvent(store))[0] ?? '';
  server = await startSyncServer(store);
  bystander = new WebSocket(`ws://127.0.0.1:${server.port}/sync/${noteId}`);
  await new Promise((opened) => bystander.once('open', opened));
});
afterEach(async () => {
  bystander.terminate();
  await server.close();
});

function raw(lines: string[]): Socket {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return socket;
}

function upgrade(): Socket {
  return raw([
    `GET /sync/${noteId} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]);
}

function firstBytes(socket: Socket): Promise<string> {
  return new Promise((heard) => socket.once('data', (bytes: Buffer) => heard(bytes.toString('latin1'))));
}

function gone(socket: Socket): Promise<void> {
  socket.resume();
  return new Promise((closed) => socket.once('close', () => closed()));
}

/** The peer beside still gets an answer to what it asks. */
async function bystanderIsServed(): Promise<void> {
  const pong = new Promise((heard) => bystander.once('pong', heard));
  bystander.ping();
  await pong;
  expect(bystander.readyState).toBe(WebSocket.OPEN);
}

test.each([
  ['a frame without a mask', [0x82, 0x01, 0x00], 1002],
  ['a reserved bit', [0xf2, 0x80, 0, 0, 0, 0], 1002],
  ['a reserved operation', [0x83, 0x80, 0, 0, 0, 0], 1002],
  ['a ping of 126 bytes', [0x89, 0xfe, 0, 126, 0, 0, 0, 0], 1002],
  ['a length of 2^63', [0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1009],
  ['a message larger than any may be', [0x82, 0xff, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0], 1009],
  ['an honest message sent as text', [0x81, 0x84, 0, 0, 0, 0, 0, 0, 1, 0], 4400],
])('SY18: %s ends its own connection only', async (_what, bytes, code) => {
  const socket = upgrade();
  expect(await firstBytes(socket)).toMatch(/^HTTP\/1\.1 101/);
  socket.write(Buffer.from(bytes));
  const close = Buffer.from(await firstBytes(socket), 'latin1');
  expect([close[0], close.readUInt16BE(2)]).toEqual([0x88, code]);
  const ended = gone(socket);
  socket.end();
  await ended;
  await bystanderIsServed();
});

test('SY18 twin: an honest frame in two pieces is taken', async () => {
  const socket = upgrade();
  await firstBytes(socket);
  // Sync step 1 with an empty state vector, masked with zeros.
  socket.write(Buffer.from([0x02, 0x82, 0, 0, 0, 0, 0, 0]));
  socket.write(Buffer.from([0x80, 0x82, 0, 0, 0, 0, 1, 0]));
  const answer = await firstBytes(socket);
  expect(answer.charCodeAt(0)).toBe(0x82);
  socket.destroy();
  await bystanderIsServed();
});

test('SY18: a peer that vanishes in the middle of its handshake or of a frame harms nobody', async () => {
  const half = raw([`GET /sync/${noteId} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: Upgrade', 'Upgrade: websocket']);
  half.resetAndDestroy();
  const refused = raw([
    `GET /sync/${noteId}?schema=x HTTP/1.1`,
    'Host: h',
    'Connection: Upgrade',
    'Upgrade: websocket',
  ]);
  refused.resetAndDestroy();
  const midway = upgrade();
  await firstBytes(midway);
  midway.write(Buffer.from([0x82, 0xfe, 0x01]));
  midway.resetAndDestroy();
  await bystanderIsServed();
});
