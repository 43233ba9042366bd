import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../support/start-server.ts';
import type { RunningServer } from '../support/start-server.ts';

// Each starts processes of its own, and other suites may keep the machine busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const open: RunningServer[] = [];

async function start(options?: Parameters<typeof startServer>[0]): Promise<RunningServer> {
  const server = await startServer(options);
  open.push(server);
  return server;
}

afterEach(async () => {
  for (const server of open.splice(0)) await server.dispose();
});

/** Runs a program of the project's own Node to its end. */
function runNode(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env: { PATH: process.env['PATH'], ...env } });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
  });
}

/** The server's own start with a wait that suits a test. */
function startAgain(env: Record<string, string>) {
  const script = `
    import { run } from './server/run.ts';
    const parts = { env: process.env, pid: process.pid, print: console.log, complain: console.error, onStop() {}, facts() {}, wait: 50 };
    process.exit(await run(parts));`;
  return runNode(['--input-type=module-typescript', '-e', script], { HOST: '127.0.0.1', ...env });
}

describe('start', () => {
  it('ST1: an empty folder gets the sample event, an address and an organizer link', async () => {
    const server = await start();
    const events: unknown = await (await fetch(`${server.url}/api/events`)).json();
    expect(events).toEqual([expect.objectContaining({ zone: 'America/New_York' })]);
    expect(await server.organizerLink()).toMatch(new RegExp(`^${server.url}/organizer#[A-Za-z0-9_-]{43}$`));
    expect(Number(readFileSync(join(server.dataDir, 'server.pid'), 'utf8'))).toBe(server.pid);
  });

  it('ST1: SAMPLE=0 starts empty', async () => {
    const server = await start({ env: { SAMPLE: '0' } });
    expect(await (await fetch(`${server.url}/api/events`)).json()).toEqual([]);
  });

  it.each([
    [{ PORT: 'http' }, /PORT: expected a number/],
    [{ HOST: '0.0.0.0', LIMITS: 'off' }, /LIMITS=off is only for measurement on loopback/],
  ])('ST3, ST8: %j ends the start with exit code 1 before anything is opened', async (env, message) => {
    const dataDir = join(tmpdir(), `plumbline-never-${process.pid}`);
    const { code, err } = await runNode(['server/main.ts'], { DATA_DIR: dataDir, ...env });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(message) });
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('ST4: a second start on the same folder says which process holds it', async () => {
    const server = await start();
    const { code, err } = await startAgain({ DATA_DIR: server.dataDir, PORT: '0' });
    expect(code).toBe(1);
    expect(err).toContain(`in use by process ${server.pid}`);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(Number(readFileSync(join(server.dataDir, 'server.pid'), 'utf8'))).toBe(server.pid);
  });

  it('ST4: a port that is taken is named', async () => {
    const server = await start();
    const dataDir = await mkdtemp(join(tmpdir(), 'plumbline-test-'));
    const { code, err } = await startAgain({ DATA_DIR: dataDir, PORT: new URL(server.url).port });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^Port \d+ on 127\.0\.0\.1 is in use/) });
    expect(existsSync(join(dataDir, 'server.pid'))).toBe(false);
    await rm(dataDir, { recursive: true });
  });

  it('ST4, ST6: after kill -9 the next start needs neither waiting nor repair', async () => {
    const server = await start();
    const before: unknown = await (await fetch(`${server.url}/api/events`)).json();
    await server.kill9();
    expect(existsSync(join(server.dataDir, 'server.pid'))).toBe(true);
    await server.restart();
    expect(await (await fetch(`${server.url}/api/events`)).json()).toEqual(before);
    expect(Number(readFileSync(join(server.dataDir, 'server.pid'), 'utf8'))).toBe(server.pid);
  });
});

describe('stop', () => {
  it('ST5: SIGTERM closes sockets with 1012, ends with 0 and leaves no pid behind', async () => {
    const server = await start();
    const { sessions } = await firstEvent(server.url);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${sessions[0]?.noteId}`);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const closed = new Promise((resolve) => socket.once('close', (code, reason) => resolve([code, String(reason)])));
    const code = server.stop();
    expect(await closed).toEqual([1012, 'restart']);
    expect(await code).toBe(0);
    expect(existsSync(join(server.dataDir, 'server.pid'))).toBe(false);
    expect(existsSync(join(server.dataDir, 'control.json'))).toBe(false);
  });

  it('ST5: a browser that keeps its connection open does not hold the stop up', async () => {
    const server = await start();
    const { Agent, get } = await import('node:http');
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve, reject) =>
      get(`${server.url}/healthz`, { agent }, (response) => response.resume().on('end', resolve)).on('error', reject),
    );
    expect(await server.stop()).toBe(0);
    agent.destroy();
  });
});

interface ApiEvent {
  slug: string;
  sessions: { slug: string; noteId: string; title: string }[];
}

async function firstEvent(url: string): Promise<ApiEvent> {
  const [head] = (await (await fetch(`${url}/api/events`)).json()) as ApiEvent[];
  return (await (await fetch(`${url}/api/events/${head?.slug}`)).json()) as ApiEvent;
}
