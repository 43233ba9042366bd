import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '#server/clock.ts';
import { memoryStore } from '#server/store/memory.ts';
import { LIMITS } from '#server/sync/limits.ts';
import { oneEvent } from '../support/one-event.ts';
import { startSyncServer, type SyncServer } from '../support/sync-server.ts';

let server: SyncServer;
const open: WebSocket[] = [];

afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate();
  await server.close();
});

/** Starts the server and returns the address of its one note. */
async function start(lower: Partial<typeof LIMITS> = {}, trustedProxies: string[] = []): Promise<string> {
  const store = memoryStore({ clock: systemClock });
  const [noteId] = await oneEvent(store);
  server = await startSyncServer(store, 0, { ...LIMITS, ...lower }, systemClock, trustedProxies);
  return `ws://127.0.0.1:${server.port}/sync/${noteId}`;
}

/** The open socket, or the HTTP answer that refused it. */
function join(address: string, from?: string): Promise<WebSocket | { status: number; retryAfter: string | undefined }> {
  const socket = new WebSocket(address, from === undefined ? {} : { headers: { 'x-forwarded-for': from } });
  open.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, { statusCode = 0, headers }) => {
      socket.on('error', () => undefined);
      resolve({ status: statusCode, retryAfter: headers['retry-after'] });
    });
    socket.once('error', reject);
  });
}

test('SY18 twin: an honest message in two pieces is taken', async () => {
  const socket = await join(await start());
  if (!(socket instanceof WebSocket)) throw new Error('The server refused an honest peer.');
  const answer = new Promise<Buffer>((heard) => socket.once('message', (data: Buffer) => heard(data)));
  // Sync step 1 with an empty state vector.
  socket.send(Buffer.from([0, 0]), { fin: false });
  socket.send(Buffer.from([1, 0]), { fin: true });
  // Sync step 2.
  expect((await answer).subarray(0, 2)).toEqual(Buffer.from([0, 1]));
});

test('SY17: above the peers of one address an upgrade gets 503 with Retry-After; who leaves makes room', async () => {
  const address = await start({ peersPerAddress: 2 });
  const first = await join(address);
  await join(address);
  expect(await join(address)).toEqual({ status: 503, retryAfter: '10' });
  if (!(first instanceof WebSocket)) throw new Error('The server refused an honest peer.');
  const left = new Promise((gone) => first.once('close', gone));
  first.close();
  await left;
  expect(await join(address)).toBeInstanceOf(WebSocket);
});

test('ID11: behind a trusted proxy each address has its own share; without one nobody gets more by what it writes', async () => {
  const trusted = await start({ peersPerAddress: 1 }, ['127.0.0.1']);
  expect(await join(trusted, '192.0.2.1')).toBeInstanceOf(WebSocket);
  expect(await join(trusted, '192.0.2.2')).toBeInstanceOf(WebSocket);
  expect(await join(trusted, '192.0.2.3, 192.0.2.1')).toMatchObject({ status: 503 });
  const links = trusted.replace('ws:', 'http:');
  const link = (from: string): Promise<Response> =>
    fetch(links, { method: 'POST', headers: { 'x-forwarded-for': from } });
  expect((await link('192.0.2.1')).status).toBe(201);
  expect((await link('192.0.2.2')).status).toBe(201);
  expect((await link('192.0.2.1')).status).toBe(503);
  await server.close();
  const plain = await start({ peersPerAddress: 1 });
  expect(await join(plain, '192.0.2.1')).toBeInstanceOf(WebSocket);
  expect(await join(plain, '192.0.2.2')).toMatchObject({ status: 503 });
});
