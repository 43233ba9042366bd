import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Answer, Job, ResultOf } from './load/generator.ts';
import type { ServerKind } from './peers/kind.ts';

const SERVER_CORE = '0';
const GENERATOR_CORE = '1';
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

/** Starts a server on its core with a port of its own and waits until it serves. */
export async function startServer(
  kind: ServerKind,
  dataDir: string,
  nodeOptions: string[] = [],
): Promise<RunningServer> {
  const port = await freePort();
  const { args, env } = kind.command({ port, dataDir });
  const child = spawn('taskset', ['-c', SERVER_CORE, process.execPath, ...nodeOptions, ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = lastWords(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  if (child.pid === undefined) throw new Error('taskset did not start; the bench needs it (util-linux).');
  await untilReady(child, `http://127.0.0.1:${port}${kind.readyPath}`, said);
  return { pid: child.pid, port, ended, stop: () => stop(child, ended) };
}

/** Runs one job in a generator process on the other core. */
export async function generate<K extends Job['kind']>(job: Extract<Job, { kind: K }>): Promise<ResultOf[K]> {
  const script = fileURLToPath(new URL('load/generator.ts', import.meta.url));
  const child = spawn('taskset', ['-c', GENERATOR_CORE, process.execPath, script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = await new Promise<Answer>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Answer));
    child.once('exit', (code) => reject(new Error(`The generator ended with ${code} before it answered.`)));
    child.once('error', reject);
    child.send(job);
  });
  if (answer.kind === 'error') throw new Error(answer.message);
  return answer.result as ResultOf[K];
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
