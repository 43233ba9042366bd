import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startServer } from '../support/start-server.ts';

// Each starts processes of its own, and other suites may keep the machine busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = join(ROOT, 'samples', 'seed.txt');

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'plumbline-test-'));
  cleanUps.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function server(dataDir: string) {
  const running = await startServer({ dataDir, env: { SAMPLE: '0' } });
  cleanUps.push(() => running.dispose());
  return running;
}

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** `npm run plumbline -- <args>` on this data folder. */
function plumbline(dataDir: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], DATA_DIR: dataDir };
    execFile(process.execPath, [join(ROOT, 'server', 'cli.ts'), ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

async function events(url: string): Promise<{ slug: string; sessions: { slug: string; noteId: string }[] }[]> {
  const heads = (await (await fetch(`${url}/api/events`)).json()) as { slug: string }[];
  return Promise.all(heads.map(async ({ slug }) => (await fetch(`${url}/api/events/${slug}`)).json() as never));
}

describe('commands without a server', () => {
  it('import makes an event that a server started later serves; importing again changes nothing', async () => {
    const dataDir = await folder();
    const first = await plumbline(dataDir, 'import', PAGE);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^Created .*VFIO\/IOMMU\/PCI/);
    expect((await plumbline(dataDir, 'import', PAGE)).out).toMatch(/^(Updated|Unchanged|Nothing)/);
    const { url } = await server(dataDir);
    expect(await events(url)).toEqual([expect.objectContaining({ sessions: expect.any(Array) })]);
  });

  it('EV11: bad input ends with exit code 1, names the place, and writes nothing', async () => {
    const dataDir = await folder();
    const bad = join(dataDir, 'bad.json');
    await writeFile(bad, '{"results": 12}');
    const { code, out, err } = await plumbline(dataDir, 'import', bad);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^\S+: expected .*found/);
    expect(err).not.toContain('    at ');
    const { url } = await server(dataDir);
    expect(await events(url)).toEqual([]);
  });

  it('EV11: a file that is not there, and an event that is not there, end with exit code 1', async () => {
    const dataDir = await folder();
    const missing = await plumbline(dataDir, 'import', join(dataDir, 'nothing.txt'));
    expect(missing).toMatchObject({ code: 1, err: expect.stringMatching(/nothing\.txt.*ENOENT/) });
    expect(await plumbline(dataDir, 'access', 'nothing', 'open')).toMatchObject({ code: 1 });
    expect(await plumbline(dataDir, 'join', 'nothing', 'a', 'b')).toMatchObject({ code: 1 });
  });

  it.each([
    [['frobnicate'], /There is no command "frobnicate"/],
    [['import'], /Expected: <file>/],
    [['import', 'a', 'b'], /Expected: <file>/],
    [['import', 'a', '--sesion', 'x'], /--sesion/],
    [['access', 'event'], /Expected: <event>/],
    [['access', 'event', 'public'], /"public" is not one of open/],
    [['join', 'event', '--talk'], /"--talk" is not known here/],
    [['organizer-link', 'x'], /takes nothing more/],
  ])('wrong usage %j ends with exit code 2 and the usage', async (args, message) => {
    const { code, out, err } = await plumbline('/nonexistent/never/made', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).toContain('Usage: npm run plumbline');
  });

  it('help, and no command at all, print the usage', async () => {
    for (const args of [['help'], ['--help'], []])
      expect(await plumbline('/nonexistent/never/made', ...args)).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringContaining('organizer-link'),
      });
  });
});

describe('commands beside a running server', () => {
  it('import, access and organizer-link go through the server and are seen at once', async () => {
    const dataDir = await folder();
    const { url } = await server(dataDir);
    expect(await plumbline(dataDir, 'import', PAGE)).toMatchObject({ code: 0, err: '' });
    const [event] = await events(url);
    expect(event?.sessions.length).toBeGreaterThan(10);
    const slug = event?.slug ?? '';
    expect(await plumbline(dataDir, 'access', slug, 'closed')).toMatchObject({ code: 0, err: '' });
    expect((await fetch(`${url}/api/events/${slug}`)).status).toBe(403);
    expect(await (await fetch(`${url}/api/events`)).json()).toEqual([]);
    const link = await plumbline(dataDir, 'organizer-link');
    expect(link.out).toMatch(new RegExp(`^${url}/organizer#[A-Za-z0-9_-]{43}\\n$`));
  });

  it('ID10: when the organizer link is lost, organizer-link makes another: the lost one is void, and the log says who used it', async () => {
    const dataDir = await folder();
    const running = await server(dataDir);
    const lost = await running.organizerLink();
    const { out } = await plumbline(dataDir, 'organizer-link');
    const [, token = ''] = out.trim().split('#');
    const named = await fetch(`${running.url}/api/me`, {
      method: 'PUT',
      headers: { origin: running.url, 'content-type': 'application/json' },
      body: '{"name":"Olga"}',
    });
    const cookie = named.headers.get('set-cookie')?.split(';')[0] ?? '';
    const redeem = async (link: string | undefined): Promise<boolean> => {
      const answer = await fetch(`${running.url}/api/organizer`, {
        method: 'POST',
        headers: { origin: running.url, cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ token: link }),
      });
      return answer.ok;
    };
    expect(await redeem(lost.split('#')[1])).toBe(false);
    expect(running.output()).not.toContain('is organizer now');
    expect(await redeem(token)).toBe(true);
    expect(await redeem(token)).toBe(false);
    expect(running.output()).toContain('"command":"organizer-link"');
    const [, secret = ''] = cookie.split('=');
    const device = createHash('sha256').update(secret).digest('hex');
    expect(running.output()).toMatch(new RegExp(`"device":"${device}".*is organizer now`));
    expect(running.output()).not.toContain(token);
    expect(running.output()).not.toContain(secret);
  });

  it('EV11: errors of the server are those of the command', async () => {
    const dataDir = await folder();
    await server(dataDir);
    const { code, err } = await plumbline(dataDir, 'import', PAGE, '--event', 'nothing');
    expect(code).toBe(1);
    expect(err).toMatch(/^--event: expected the slug of an event/);
    expect(await plumbline(dataDir, 'access', 'nothing', 'open')).toMatchObject({ code: 1 });
  });

  it('only who may read the data folder can command the server', async () => {
    const dataDir = await folder();
    await server(dataDir);
    const file = join(dataDir, 'control.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { port } = JSON.parse(await readFile(file, 'utf8')) as { port: number };
    for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
      const answer = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ kind: 'organizer-link' }),
      });
      expect(answer.status).toBe(403);
    }
  });
});
