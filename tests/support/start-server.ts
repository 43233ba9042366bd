import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_LIMIT_MS = 60_000;
const OUTPUT_KEPT = 20_000;

export interface StartOptions {
  /** More settings of the README's table. HOST, PORT and DATA_DIR are set here. */
  env?: Record<string, string>;
  /** An existing data folder, kept by `dispose`. Default: a new one under the temp folder. */
  dataDir?: string;
  /** A command to run the process under, with its options. It must let the process keep its pid. Of the first start alone. */
  under?: string[];
}

/** The built application as a process of its own, as an operator runs it. */
export interface RunningServer {
  /** Address without a trailing slash, the same after `restart`. */
  readonly url: string;
  readonly dataDir: string;
  /** Of the process that runs now. */
  readonly pid: number;
  /** The one-time organizer link that this start prints. Rejects when the process ends, or says nothing of it for a minute. */
  organizerLink(): Promise<string>;
  /** The last of what the process wrote, stdout and stderr together. */
  output(): string;
  /** Resolves with the exit code when the process has ended by itself or by a signal (null). */
  ended(): Promise<number | null>;
  /** `kill -9`; resolves when the process is gone. */
  kill9(): Promise<void>;
  /** SIGTERM; resolves with the exit code when the process is gone, null when a signal ended it. */
  stop(): Promise<number | null>;
  /** Starts again on the same port and data, after `kill9` or `stop`. */
  restart(env?: Record<string, string>): Promise<void>;
  /** Ends the process if it still runs and deletes the data folder. */
  dispose(): Promise<void>;
}

/** Starts the built application on a free port; resolves when it has printed its address. Throws with its output otherwise. */
export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  if (!existsSync(join(ROOT, 'build', 'handler.js'))) throw new Error('Nothing is built. Run npm run build first.');
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'plumbline-test-')));
  const forget = async () => {
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  let life: Life;
  try {
    life = await begin({ ...options.env, PORT: '0', DATA_DIR: dataDir }, options.under);
  } catch (error) {
    await forget();
    throw error;
  }
  const { url } = life;
  return {
    url,
    dataDir,
    get pid() {
      return life.pid;
    },
    organizerLink: () => life.organizerLink(),
    output: () => life.output(),
    ended: () => life.exit,
    kill9: async () => {
      await life.end('SIGKILL');
    },
    stop: () => life.end('SIGTERM'),
    async restart(env = {}) {
      if (life.running()) throw new Error('The server still runs: kill9 or stop it before a restart.');
      life = await begin({ ...options.env, ...env, PORT: new URL(url).port, DATA_DIR: dataDir });
    },
    async dispose() {
      await life.end('SIGKILL');
      await forget();
    },
  };
}

/** One process from its start to its end. */
interface Life {
  url: string;
  pid: number;
  organizerLink(): Promise<string>;
  output(): string;
  running(): boolean;
  exit: Promise<number | null>;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

async function begin(env: Record<string, string>, under: readonly string[] = []): Promise<Life> {
  const [command = '', ...args] = [...under, process.execPath, 'server/main.ts'];
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutSettings(process.env), HOST: '127.0.0.1', ...env },
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let output = '';
  const lines = printedLines(child, (text) => (output = (output + text).slice(-OUTPUT_KEPT)));
  try {
    const url = await lines.first(/(https?:\/\/[^\s/#]+)/);
    if (child.pid === undefined) throw new Error('The process has no pid.');
    return {
      url,
      pid: child.pid,
      organizerLink: () => lines.first(/(https?:\/\/\S+#\S+)/),
      output: () => output,
      exit,
      running: () => child.exitCode === null && child.signalCode === null,
      end: (signal) => {
        child.kill(signal);
        return exit;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`The server did not start: ${(error as Error).message}\n${output}`, { cause: error });
  }
}

/** Waits for what the process prints on stdout; no polling. */
function printedLines(child: ChildProcess, tee: (text: string) => void) {
  let stdout = '';
  const printed = new EventEmitter().setMaxListeners(0);
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    tee(text);
    stdout += text;
    printed.emit('more');
  });
  child.stderr?.setEncoding('utf8').on('data', tee);
  const first = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(limit);
        printed.off('more', look);
        outcome();
      };
      const fail = (why: string) => settle(() => reject(new Error(why)));
      const limit = setTimeout(
        () => fail(`it printed nothing like ${pattern} in ${START_LIMIT_MS} ms`),
        START_LIMIT_MS,
      );
      const look = () => {
        // Only whole lines: an address may be cut in the middle of a chunk.
        const found = pattern.exec(stdout.slice(0, stdout.lastIndexOf('\n') + 1))?.[1];
        if (found !== undefined) settle(() => resolve(found));
      };
      printed.on('more', look);
      child.once('error', (error) => fail(error.message));
      child.once('exit', (code, signal) => fail(`it ended with ${code ?? signal}`));
      look();
    });
  return { first };
}

/** The tester's own settings must not reach the server under test. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...env };
  for (const name of [
    'HOST',
    'PORT',
    'ORIGIN',
    'TRUSTED_PROXIES',
    'DATA_DIR',
    'DATABASE_URL',
    'BUS_URL',
    'SAMPLE',
    'LIMITS',
    'NODE_OPTIONS',
  ])
    delete kept[name];
  return kept;
}

/** The first note of a server's first event, and the address of its session. */
export async function noteOf(url: string, at = 0): Promise<{ noteId: string; address: string }> {
  const [head] = (await (await fetch(`${url}/api/events`)).json()) as { slug: string }[];
  const event = head?.slug ?? '';
  const { sessions } = (await (await fetch(`${url}/api/events/${event}`)).json()) as {
    sessions: { slug: string; noteId: string }[];
  };
  return { noteId: sessions[at]?.noteId ?? '', address: `/${event}/${sessions[at]?.slug ?? ''}` };
}
