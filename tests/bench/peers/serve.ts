import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Place, ServerKind } from './kind.ts';

const START_PATIENCE_MS = 30_000;
const STOP_PATIENCE_MS = 25_000;

export interface RunningServer {
  pid: number;
  port: number;
  /** SIGTERM, then waits; SIGKILL when it does not end. */
  stop(): Promise<void>;
  /** Resolves once the process has ended, however. */
  ended: Promise<void>;
}

export interface Serving {
  place: Place;
  /** A command that the server runs under, with its arguments. It must let the process keep its pid. */
  under?: string[];
  nodeOptions?: string[];
  /** On top of what the kind says. */
  env?: Record<string, string>;
}

/** Starts a server as a process of its own and waits until it serves. */
export async function serve(
  kind: ServerKind,
  { place, under = [], nodeOptions = [], env: more = {} }: Serving,
): Promise<RunningServer> {
  const { args, env } = kind.command(place);
  const [command = '', ...rest] = [...under, process.execPath, ...nodeOptions, ...args];
  const child = spawn(command, rest, {
    env: { ...process.env, NODE_ENV: 'production', ...env, ...more },
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = lastWords(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  if (child.pid === undefined) throw new Error(`${command} did not start. Is it installed?`);
  await untilReady(child, `http://127.0.0.1:${place.port}${kind.readyPath}`, said);
  return { pid: child.pid, port: place.port, ended, stop: () => stop(child, ended) };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function untilReady(child: ChildProcess, url: string, said: () => string): Promise<void> {
  for (const end = Date.now() + START_PATIENCE_MS; Date.now() < end;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${said()}`);
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`The server did not answer at ${url}:\n${said()}`);
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await ended;
  clearTimeout(force);
}

/** The end of what a server printed, for the message when it fails. */
function lastWords(child: ChildProcess): () => string {
  const KEPT = 4000;
  let text = '';
  const add = (chunk: Buffer): string => (text = (text + chunk.toString()).slice(-KEPT));
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text;
}
