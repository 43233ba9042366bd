import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { tooLong } from '#core/note/image-uploads.ts';
import { LIMITS } from '#server/sync/limits.ts';
import { markOutcomes } from '../support/mark-outcomes.ts';
import type { RunningServer } from '../support/start-server.ts';
import { noteOf } from '../support/start-server.ts';
import { openTab, type Tab } from './tab.ts';
import type { Proxy } from './proxy.ts';
import { Visitor } from './visitor.ts';

export interface Bed {
  server: RunningServer;
  proxy: Proxy;
}

/** One promise, tried by real clients; resolves with what was seen, rejects when it does not hold. */
export type Check = [what: string, holds: (bed: Bed) => Promise<string>];

const EVENT = 'vfio-iommu-pci-mc-2023';
const SESSION = 'dev-iommufd-development';
const IMAGES = `/api/events/${EVENT}/sessions/${SESSION}/images`;
const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

function commandLine({ dataDir }: RunningServer, ...args: string[]): string {
  const env = { PATH: process.env['PATH'], DATA_DIR: dataDir };
  return execFileSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
}

export const CHECKS: Check[] = [
  [
    'ID7: an event that is open on this machine alone is not reached, and is after it was opened',
    async ({ server, proxy }) => {
      const visitor = new Visitor(proxy);
      const before = (await visitor.ask(`/${EVENT}`)).status;
      commandLine(server, 'access', EVENT, 'open');
      const after = (await visitor.ask(`/${EVENT}`)).status;
      assert.deepEqual([before, after], [403, 200]);
      return '403, then 200';
    },
  ],
  [
    'PG5: plain HTTP leads to TLS, and a page has its security headers, once compressed',
    async ({ server, proxy }) => {
      const host = new Visitor(proxy).origin.replace(/https:\/\/|:\d+$/g, '');
      const options = { host: '127.0.0.1', port: proxy.plainPort, path: '/x', headers: { host } };
      const [plain] = (await once(get(options), 'response')) as [IncomingMessage];
      plain.resume();
      assert.match(`${plain.statusCode} ${plain.headers.location}`, /^30[18] https:\/\/notes\.example\.org(:\d+)?\/x$/);
      const page = await new Visitor(proxy).ask(`/${EVENT}`, { headers: { 'accept-encoding': 'gzip' } });
      const { headers } = page;
      assert.equal(headers['strict-transport-security'], 'max-age=31536000');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.match(String(headers['content-security-policy']), /default-src 'none'|default-src 'self'/);
      assert.equal(headers['content-encoding'], 'gzip');
      assert.match(gunzipSync(page.body).toString(), /^<!doctype html>/);
      const direct = await fetch(`${server.url}/${EVENT}`);
      const theirs = [...direct.headers.keys()].filter((name) => !['connection', 'keep-alive', 'vary'].includes(name));
      assert.deepEqual(
        theirs.filter((name) => !(name in headers) && name !== 'transfer-encoding'),
        [],
      );
      return String(plain.statusCode);
    },
  ],
  [
    'ID4: the device cookie is for TLS alone',
    async ({ proxy }) => {
      const visitor = new Visitor(proxy);
      const answer = await visitor.ask('/');
      const [cookie = ''] = answer.headers['set-cookie'] ?? [];
      assert.match(cookie, /^__Host-plumbline-device=/);
      for (const word of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/'])
        assert.ok(cookie.includes(word), `${word} is missing in ${cookie}`);
      return cookie.replace(/=[^;]*/, '=…');
    },
  ],
  [
    'ID8: writes and sockets of our own pages are taken, those of others are refused',
    async ({ server, proxy }) => {
      const visitor = new Visitor(proxy);
      const own = await visitor.named('Ada');
      const origin = 'https://elsewhere.example';
      const asking = { method: 'PUT', headers: { origin, 'content-type': 'application/json' }, body: '{"name":"B"}' };
      const foreign = await visitor.ask('/api/me', asking);
      assert.deepEqual([own.status, foreign.status], [204, 403]);
      const { noteId } = await noteOf(server.url);
      const socket = visitor.socket(`/sync/${noteId}`);
      await once(socket, 'open');
      assert.equal(socket.protocol, 'plumbline.v1');
      socket.terminate();
      const refused = visitor.socket(`/sync/${noteId}`, origin);
      refused.on('error', () => undefined);
      const [, answer] = (await once(refused, 'unexpected-response')) as [unknown, IncomingMessage];
      assert.equal(answer.statusCode, 403);
      return '204 and 101; 403 and 403';
    },
  ],
  [
    'ID5: the organizer link has the public address, works once, and a lost one is made void by the next',
    async ({ server, proxy }) => {
      const visitor = new Visitor(proxy);
      await visitor.named('Olga');
      const first = await server.organizerLink();
      const second = commandLine(server, 'organizer-link').trim();
      assert.ok(first.startsWith(`${visitor.origin}/organizer#`) && second.startsWith(`${visitor.origin}/organizer#`));
      const redeem = async (link: string): Promise<number> => {
        const headers = { 'content-type': 'application/json' };
        const body = JSON.stringify({ token: link.split('#')[1] });
        return (await visitor.ask('/api/organizer', { method: 'POST', headers, body })).status;
      };
      const seen = [await redeem(first), await redeem(second), await redeem(second)];
      assert.deepEqual(
        seen.map((status) => status < 300),
        [false, true, false],
      );
      assert.equal((await visitor.ask(`/${EVENT}/settings`)).status, 200);
      return seen.join(', ');
    },
  ],
  [
    'SY2 HT2: two by WebSocket and two by plain requests have every word once, and all of it is acked',
    async ({ server, proxy }) => {
      const { noteId } = await noteOf(server.url, 1);
      const tabs: Tab[] = [];
      for (const way of ['socket', 'socket', 'requests', 'requests'] as const) {
        const visitor = new Visitor(proxy);
        await visitor.named(`W${tabs.length}`);
        tabs.push(await openTab(visitor, noteId, way));
      }
      const begun = performance.now();
      await Promise.all(tabs.map((tab, index) => tab.write(`${index}-`, 30)));
      const all = tabs.flatMap((_tab, index) => Array.from({ length: 30 }, (_token, i) => `⟨${index}-${i}⟩`));
      for (const tab of tabs) await tab.until(() => tab.saved && all.every((token) => tab.text.includes(token)));
      const took = performance.now() - begun;
      for (const tab of tabs) assert.equal(tab.text.length, all.join('').length);
      for (const tab of tabs) await tab.close();
      return `120 changes in ${took.toFixed(0)} ms`;
    },
  ],
  [
    'HT3 SY12: what is quiet is not cut: a question that is held 20 s, a socket for 75 s',
    async ({ server, proxy }) => {
      const { noteId } = await noteOf(server.url, 2);
      const [one, other] = [new Visitor(proxy), new Visitor(proxy)];
      for (const visitor of [one, other]) await visitor.named('Quiet');
      const bySocket = await openTab(one, noteId, 'socket');
      const byRequests = await openTab(other, noteId, 'requests');
      await new Promise((resume) => setTimeout(resume, 75_000));
      assert.deepEqual([bySocket.opened, byRequests.opened, byRequests.refused], [1, 1, []]);
      await byRequests.write('still here', 1);
      await bySocket.until(() => bySocket.text.includes('still here'));
      await bySocket.close();
      await byRequests.close();
      return 'one connection each';
    },
  ],
  [
    'BO3: an open board is told while its stream goes on',
    async ({ server, proxy }) => {
      const stream = await new Visitor(proxy).open(`/api/events/${EVENT}/outcomes/live`);
      let said = '';
      const heard = new Promise<number>((resolve, reject) => {
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          if (said.includes('Post it behind a proxy')) resolve(performance.now());
        });
        stream.on('end', () => reject(new Error('It ended.'))).on('error', reject);
      });
      const id = 'abcdefghijklmnopqrstuvwxyz'.split('').toReversed().join('');
      await markOutcomes(server, EVENT, SESSION, [{ id, text: 'Post it behind a proxy', kind: 'action' }]);
      const marked = performance.now();
      const late = (await heard) - marked;
      stream.destroy();
      return `${Math.max(0, late).toFixed(0)} ms after its number`;
    },
  ],
  [
    'WR13: an image of 15 MB is taken, and what is longer is refused in our words',
    async ({ proxy }) => {
      const visitor = new Visitor(proxy);
      await visitor.named('Ada');
      const noise = { create: { width: 2230, height: 2235, channels: 3 as const, background: '#000' } };
      const body = await sharp({
        ...noise,
        create: { ...noise.create, noise: { type: 'gaussian', mean: 128, sigma: 80 } },
      })
        .png({ compressionLevel: 0 })
        .toBuffer();
      const asking = { method: 'POST', headers: { 'content-type': 'image/png' }, body: new Uint8Array(body) };
      const taken = await visitor.ask(IMAGES, asking);
      assert.equal(taken.status, 201, taken.body.toString());
      const more = await visitor.ask(IMAGES, { ...asking, body: new Uint8Array(15_000_001) });
      assert.equal(more.status, 413);
      assert.equal((JSON.parse(more.body.toString()) as { title: string }).title, tooLong(15_000_001));
      return `${body.length} bytes`;
    },
  ],
  [
    'HT4: by plain requests too, what is too large is refused by name',
    async ({ server, proxy }) => {
      const { noteId } = await noteOf(server.url, 3);
      const visitor = new Visitor(proxy);
      const opened = await visitor.ask(`/sync/${noteId}`, { method: 'POST' });
      const { link } = JSON.parse(opened.body.toString()) as { link: string };
      const asking = { method: 'POST', body: new Uint8Array(5_000_000) };
      const refused = await visitor.ask(`/sync/${noteId}/${link}?first=0`, asking);
      assert.deepEqual([refused.status, refused.body.toString()], [413, '{"reason":"too-large"}']);
      return '413';
    },
  ],
  [
    'ID9: who changes too much is refused, others are not',
    async ({ proxy }) => {
      const [one, other] = [new Visitor(proxy), new Visitor(proxy)];
      await one.named('Quick');
      const answers = [];
      for (let i = 0; i < 70; i++) answers.push(await one.named('Quick'));
      const refused = answers.filter(({ status }) => status === 429);
      assert.ok(refused.length > 0 && refused.every(({ headers }) => Number(headers['retry-after']) > 0));
      assert.equal((await other.named('Calm')).status, 204);
      return `${refused.length} of 70`;
    },
  ],
  [
    'ID11: each address has its own share of connections, and nobody gets more by what it writes',
    async ({ server, proxy }) => {
      const { noteId } = await noteOf(server.url, 3);
      const [many, other] = [new Visitor(proxy, '127.0.0.2'), new Visitor(proxy, '127.0.0.3')];
      const link = async (visitor: Visitor, headers = {}): Promise<number> =>
        (await visitor.ask(`/sync/${noteId}`, { method: 'POST', headers })).status;
      const opened = await Promise.all(Array.from({ length: LIMITS.peersPerAddress }, () => link(many)));
      assert.ok(opened.every((status) => status === 201));
      const seen = [await link(many), await link(many, { 'x-forwarded-for': '192.0.2.1' }), await link(other)];
      assert.deepEqual(seen, [503, 503, 201]);
      return seen.join(', ');
    },
  ],
  [
    'requests that come when a connection behind the proxy ends are answered',
    async ({ proxy }) => {
      const visitors = Array.from({ length: 40 }, () => new Visitor(proxy));
      const tries = visitors.map(async (visitor, index) => {
        await visitor.ask('/readyz');
        await new Promise((resume) => setTimeout(resume, 4_800 + index * 10));
        const headers = { 'content-type': 'application/json' };
        return (await visitor.ask('/api/me', { method: 'PUT', headers, body: '{"name":"Late"}' })).status;
      });
      const seen = await Promise.all(tries);
      assert.deepEqual(
        seen.filter((status) => status !== 204),
        [],
      );
      return '40 writes after 4.8 to 5.2 s';
    },
  ],
  [
    'PG4: metrics are not for the world',
    async ({ server, proxy }) => {
      const outside = (await new Visitor(proxy).ask('/metrics')).status;
      const inside = (await fetch(`${server.url}/metrics`)).status;
      const health = (await new Visitor(proxy).ask('/healthz')).status;
      assert.deepEqual([outside, inside, health], [404, 200, 200]);
      return '404; 200 behind it';
    },
  ],
  [
    '1,000 sockets at once, more than a plain nginx has room for',
    async ({ server, proxy }) => {
      const { noteId } = await noteOf(server.url, 4);
      const visitor = new Visitor(proxy);
      const sockets = Array.from({ length: 1_000 }, () => visitor.socket(`/sync/${noteId}`));
      await Promise.all(sockets.map((socket) => once(socket, 'open')));
      for (const socket of sockets) socket.terminate();
      return 'all open';
    },
  ],
  [
    'ST5 SY2: over a restart of the server what was written comes, once',
    async ({ server, proxy }) => {
      const { noteId } = await noteOf(server.url, 5);
      const [one, other] = [new Visitor(proxy), new Visitor(proxy)];
      for (const visitor of [one, other]) await visitor.named('Stays');
      const tabs = [await openTab(one, noteId, 'socket'), await openTab(other, noteId, 'requests')];
      await Promise.all(tabs.map((tab) => tab.until(() => tab.saved)));
      assert.equal(await server.stop(), 0);
      await Promise.all(tabs.map((tab, index) => tab.write(`away${index}-`, 10)));
      const down = (await one.ask('/readyz')).status;
      await server.restart();
      const all = ['away0-', 'away1-'].flatMap((name) => Array.from({ length: 10 }, (_t, i) => `⟨${name}${i}⟩`));
      for (const tab of tabs) await tab.until(() => tab.saved && all.every((token) => tab.text.includes(token)));
      for (const tab of tabs) assert.equal(tab.text.length, all.join('').length);
      for (const tab of tabs) await tab.close();
      return `${down} meanwhile`;
    },
  ],
];
