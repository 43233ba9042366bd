import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { BenchSocket, keep } from './socket.ts';

/** Both ends of one connection; what the server's end sends is up to the test. */
async function connected(): Promise<{ client: BenchSocket; server: WebSocket }> {
  const servers = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => servers.once('listening', resolve));
  const accepted = new Promise<WebSocket>((resolve) => servers.once('connection', resolve));
  const client = new BenchSocket((servers.address() as AddressInfo).port, '/', null);
  onTestFinished(() => {
    client.destroy();
    servers.close();
  });
  await client.opened;
  return { client, server: await accepted };
}

/** Resolves with the first `count` frames the client is handed. */
function frames(client: BenchSocket, count: number): Promise<Uint8Array[]> {
  const got: Uint8Array[] = [];
  return new Promise((resolve) => {
    client.onFrame = (frame) => {
      if (got.push(keep(frame)) === count) resolve(got);
    };
  });
}

const bytes = (length: number, seed: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + seed) & 0xff));

describe('the client of the bench', () => {
  test('frames of every size of head arrive whole and in order, however TCP cuts them', async () => {
    const { client, server } = await connected();
    const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 3, 1_500_000, 2, 0, 70_000];
    const sent = [...sizes, ...sizes].map((size, index) => bytes(size, index));
    const got = frames(client, sent.length);
    for (const message of sent) server.send(message);
    const received = await got;
    expect(received.map((frame, index) => Buffer.compare(frame, sent[index] ?? Buffer.of()))).toEqual(
      sent.map(() => 0),
    );
    expect(client.framesIn).toBe(sent.length);
  });

  test('a head may be cut anywhere: every byte comes by itself', async () => {
    const wire = Buffer.concat([
      Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
      Buffer.from([0x82, 3]),
      bytes(3, 1),
      Buffer.from([0x82, 126, 0, 200]),
      bytes(200, 2),
      Buffer.from([0x82, 127, 0, 0, 0, 0, 0, 0, 1, 44]),
      bytes(300, 3),
    ]);
    const server = createServer({ noDelay: true }, (socket) => {
      socket.once('data', () => void drip());
      const drip = async (): Promise<void> => {
        for (const byte of wire) {
          socket.write(Buffer.of(byte));
          await setImmediate();
        }
      };
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = new BenchSocket((server.address() as AddressInfo).port, '/', null);
    onTestFinished(() => {
      client.destroy();
      server.close();
    });
    const got = await frames(client, 3);
    expect(got.map((frame) => [...frame])).toEqual([[...bytes(3, 1)], [...bytes(200, 2)], [...bytes(300, 3)]]);
    expect(client.readsIn).toBeGreaterThan(100);
  });

  test('a message in pieces arrives as one, and a ping between them is answered', async () => {
    const { client, server } = await connected();
    const got = frames(client, 2);
    const ponged = new Promise<Buffer>((resolve) => server.once('pong', resolve));
    server.send(bytes(10, 1), { fin: false });
    server.ping('alive?');
    server.send(bytes(300, 2), { fin: true });
    server.send(bytes(5, 3));
    const [whole, next] = await got;
    expect(Buffer.compare(whole ?? Buffer.of(), Buffer.concat([bytes(10, 1), bytes(300, 2)]))).toBe(0);
    expect(Buffer.compare(next ?? Buffer.of(), bytes(5, 3))).toBe(0);
    expect((await ponged).toString()).toBe('alive?');
  });

  test('without a listener frames are counted as if they had been read', async () => {
    const { client, server } = await connected();
    for (let index = 0; index < 50; index++) server.send(bytes(index * 2_000, index));
    server.close(1000, 'done');
    await new Promise<void>((resolve) => (client.onClose = resolve));
    expect(client.framesIn).toBe(50);
    expect([client.closeCode, client.closeReason]).toEqual([1000, 'done']);
  });

  test('what it sends is masked as the protocol demands and arrives unchanged', async () => {
    const { client, server } = await connected();
    const sent = [bytes(0, 1), bytes(125, 2), bytes(126, 3), bytes(70_000, 4)];
    const got: Buffer[] = [];
    const all = new Promise<void>((resolve) => {
      server.on('message', (data: Buffer) => {
        if (got.push(data) === sent.length) resolve();
      });
    });
    for (const message of sent) client.send(message);
    await all;
    expect(got.map((data, index) => Buffer.compare(data, sent[index] ?? Buffer.of()))).toEqual([0, 0, 0, 0]);
  });
});
