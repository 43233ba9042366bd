import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { halves } from '../support/pictures.ts';
import { startApp } from '../support/start-app.ts';
import type { RunningApp } from '../support/start-app.ts';

// Each picture is decoded in a process of its own, and other suites may keep the machine busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const IMAGES = '/api/events/pci/sessions/opening/images';

let app: RunningApp;
let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'plumbline-images-'));
  app = await startApp({ events: [['pci', 'open']], env: { DATA_DIR: data } });
});
afterEach(async () => {
  await app.close();
  await rm(data, { recursive: true, force: true });
});

/** A browser that gave its name. */
async function ada(): Promise<{ origin: string; cookie: string }> {
  const named = await fetch(`${app.url}/api/me`, {
    method: 'PUT',
    headers: { origin: app.url, 'content-type': 'application/json' },
    body: '{"name":"Ada"}',
  });
  return { origin: app.url, cookie: named.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

async function post(body: BodyInit, headers: Record<string, string>, path = IMAGES): Promise<Response> {
  return fetch(app.url + path, { method: 'POST', headers, body });
}

const png = async () => new Uint8Array(await halves(20, 10).png().toBuffer());

it('WR13: an image is taken in and served so that it can only be seen', async () => {
  const added = await post(await png(), { ...(await ada()), 'content-type': 'image/png' });
  expect(added.status).toBe(201);
  const { file } = (await added.json()) as { file: string };
  expect(file).toMatch(/^[a-z2-7]{26}-20x10\.png$/);
  const seen = await fetch(`${app.url}/files/${file}`);
  expect(seen.status).toBe(200);
  expect(Object.fromEntries(seen.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'content-disposition': `attachment; filename*=UTF-8''${file}`,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=31536000, immutable',
  });
  expect(seen.headers.get('set-cookie')).toBeNull();
  expect((await fetch(`${app.url}/files/${file}`, { method: 'HEAD' })).status).toBe(200);
});

it('ID6, WR13: in an event that was closed images are closed too', async () => {
  const headers = { ...(await ada()), 'content-type': 'image/png' };
  const { file } = (await (await post(await png(), headers)).json()) as { file: string };
  await app.app.setAccess('pci', 'closed');
  const refused = await fetch(`${app.url}/files/${file}`);
  expect([refused.status, refused.headers.get('cache-control')]).toEqual([403, 'no-store']);
  expect((await post(await png(), headers)).status).toBe(403);
});

it.each([
  ['SVG', '<svg/>', 'image/svg+xml', 400, /^Only PNG, JPEG, WebP and GIF/],
  ['a form', 'a=b', 'text/plain', 400, /^Only PNG/],
  ['an empty body', '', 'image/png', 400, /empty/],
  ['18 MB', new Uint8Array(18_000_000), 'image/png', 413, /^18 MB is over the limit of 15 MB\. Make the image smaller/],
])('WR13: %s is refused as a problem that says why', async (_, body, type, status, title) => {
  const refused = await post(body, { ...(await ada()), 'content-type': type });
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  expect(await refused.json()).toMatchObject({ status, title: expect.stringMatching(title) });
});

it.each([
  ['a foreign page', { origin: 'https://evil.example' }, 403],
  ['who gave no name', {}, 400],
])('ID8, WR13: %s brings no image', async (_, headers: Record<string, string>, status) => {
  expect((await post(await png(), { 'content-type': 'image/png', ...headers })).status).toBe(status);
});

it('WR13: an image may come without saying how long it is, and nothing else may', async () => {
  const { origin, cookie } = await ada();
  const send = (path: string, type: string, body: Uint8Array) =>
    new Promise<number>((resolve, reject) => {
      const headers = { origin, cookie, 'content-type': type, 'transfer-encoding': 'chunked' };
      const sent = request(app.url + path, { method: 'POST', headers }, (answer) => resolve(answer.statusCode ?? 0));
      sent.once('error', reject).end(body);
    });
  expect(await send(IMAGES, 'image/png', await png())).toBe(201);
  expect(await send(IMAGES.replace('images', 'materials'), 'application/json', new Uint8Array(10))).toBe(411);
});

it('WR13: who listens only when all of a too long image is sent, as a proxy does, hears why it is refused', async () => {
  const { origin, cookie } = await ada();
  const body = new Uint8Array(15_000_001);
  const { hostname, port, host } = new URL(app.url);
  const socket = connect(Number(port), hostname).pause();
  socket.write(
    `POST ${IMAGES} HTTP/1.1\r\nhost: ${host}\r\norigin: ${origin}\r\ncookie: ${cookie}\r\ncontent-type: image/png\r\n` +
      `content-length: ${body.length}\r\n\r\n`,
  );
  await new Promise<void>((sent, failed) => {
    socket.once('error', failed);
    socket.write(body, () => sent());
  });
  let answer = '';
  for await (const part of socket) answer += String(part);
  expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*15\.1 MB is over the limit of 15 MB/);
});
