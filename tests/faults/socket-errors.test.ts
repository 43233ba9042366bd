import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startVictim } from './victim.ts';

const NOTE = '/sync/00000000-0000-4000-8000-000000000000.1';
/** Bits that only an extension may set, which nobody asked for. */
const NO_FRAME = Buffer.from([0xf2, 0x80, 1, 2, 3, 4]);

/** An open WebSocket, as bare bytes. Rejects when the server is not there. */
function upgraded(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  const head = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
  socket.write(
    [
      `GET ${NOTE} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      ...head,
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '',
      '',
    ].join('\r\n'),
  );
  return new Promise((resolve, reject) => {
    socket.once('data', () => resolve(socket));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed before it was open')));
  });
}

async function sendsNoFrame(port: number): Promise<string> {
  const socket = await upgraded(port);
  const closed = new Promise((gone) => socket.once('close', gone));
  socket.write(NO_FRAME);
  await closed;
  const next = await upgraded(port);
  next.destroy();
  return 'the next one is served';
}

test('SY18: a frame that is none ends its sender and not the process', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'plumbline-socket-'));
  const victim = await startVictim(dataDir);
  if (!victim) throw new Error('the server did not start');
  const ended = victim.gone.then((errors) => `the process ended: ${errors}`);
  try {
    const served = await sendsNoFrame(victim.port).catch(() => ended);
    expect(served, served).toBe('the next one is served');
  } finally {
    victim.kill();
    await victim.gone;
    await rm(dataDir, { recursive: true, force: true });
  }
}, 120_000);
