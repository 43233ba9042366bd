import { randomBytes } from 'node:crypto';
import { rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './app.ts';
import { systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import type { Config, Environment } from './config.ts';
import { provideServices } from './context.ts';
import { openControl } from './control.ts';
import { LOCK_WAIT, waitForFolder } from './lock.ts';
import { createLog } from './log.ts';
import type { Log } from './log.ts';
import type { ProcessFacts } from './metrics.ts';
import { openApp } from './open-app.ts';
import { loadPages } from './pages.ts';
import { runCommand } from './run-command.ts';
import { importSample } from './programme/sample.ts';
import { serve } from './serve.ts';
import type { Served } from './serve.ts';
import { StoreError } from './store/log.ts';
import { writeIfRoom } from './write-if-room.ts';

/** What main.ts hands over of the process. */
export interface ProcessParts {
  /** The environment itself, not a copy: SvelteKit's handler reads it when it is loaded. */
  env: Environment;
  pid: number;
  /** Lines for the person at the terminal. */
  print(line: string): void;
  complain(line: string): void;
  /** Calls back on SIGTERM and SIGINT. */
  onStop(stop: () => void): void;
  facts(): ProcessFacts;
  /** Told when the sync engine comes under load, and when the load has gone. */
  onLoad?(busy: boolean): void;
  /** Milliseconds to wait for folder and port; tests wait less than a person would. */
  wait?: number;
}

/** Ends a stop that hangs, inside the 20 s of ST5. In milliseconds. */
const STOP_LIMIT = 18_000;

/** The life of the server, from its settings to its end. Resolves with the exit code. */
export async function run(parts: ProcessParts): Promise<number> {
  try {
    return await live(parts, readConfig(parts.env));
  } catch (error) {
    if (!isExpected(error)) throw error;
    parts.complain(error.message);
    return 1;
  }
}

async function live(parts: ProcessParts, config: Config): Promise<number> {
  const log = createLog();
  const ended = new Ending();
  parts.onStop(() => ended.end(0));
  const wait = parts.wait ?? LOCK_WAIT;
  const until = systemClock.elapsed() + wait;
  const lock = await Promise.race([waitForFolder(config.dataDir, parts.pid, systemClock, wait), ended.reached]);
  if (typeof lock === 'number') return lock;
  const pidFile = join(config.dataDir, 'server.pid');
  try {
    writeIfRoom(pidFile, `${parts.pid}\n`);
    const app = await openApp({
      config,
      log,
      process: () => ({ ...parts.facts(), freeBytes: freeBytes(config.dataDir) }),
      onLoad: (busy) => parts.onLoad?.(busy),
      onBroken(error) {
        log.fatal({ err: error }, 'the disk cannot be trusted any more; stopping');
        ended.end(1);
      },
    });
    try {
      return await serveUntilEnd(parts, { config, log, app, ended, until });
    } finally {
      await app.close();
    }
  } finally {
    rmSync(pidFile, { force: true });
    lock.release();
  }
}

async function serveUntilEnd(
  parts: ProcessParts,
  { config, log, app, ended, until }: { config: Config; log: Log; app: App; ended: Ending; until: number },
): Promise<number> {
  if (config.sample && (await app.services.events.list()).length === 0) await importSample(app.events);
  provideServices(app.services);
  const pages = await loadPages(parts.env);
  const served = await serve(app, config, pages, systemClock, until - systemClock.elapsed());
  const address = config.origin ?? served.address;
  const control = await openControl(config.dataDir, randomBytes(32).toString('base64url'), async (command) => {
    const done = await runCommand(app, command, address);
    log.info({ command: command.kind }, 'done by command line');
    return done;
  });
  await greet(parts, config, app, served);
  const code = await ended.reached;
  control.close();
  return stop(parts, served, code);
}

async function greet(parts: ProcessParts, config: Config, app: App, served: Served): Promise<void> {
  parts.print(`Plumbline listens at ${served.address}`);
  if (config.origin !== null) parts.print(`Public address: ${config.origin}`);
  try {
    const token = await app.identity.mintOrganizerLink();
    parts.print(`Organizer link, works once: ${config.origin ?? served.address}/organizer#${token}`);
  } catch (error) {
    // What is there can still be read.
    if (!(error instanceof StoreError) || error.kind !== 'disk-full') throw error;
    parts.complain('The disk of DATA_DIR is full: notes can be read, and nothing is saved until there is room again.');
  }
}

/** Of the disk that DATA_DIR is on; null when the system does not say. */
function freeBytes(dataDir: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dataDir);
    return bavail * bsize;
  } catch {
    return null;
  }
}

async function stop(parts: ProcessParts, served: Served, code: number): Promise<number> {
  const late = new Promise<'late'>((resolve) => systemClock.after(STOP_LIMIT, () => resolve('late')));
  if ((await Promise.race([served.drain(), late])) !== 'late') return code;
  parts.complain(`Not everything could be closed within ${STOP_LIMIT / 1000} s. Nothing that was acked is lost.`);
  return 1;
}

/** Said once, by a signal or by the store; later reasons change nothing. */
class Ending {
  readonly reached: Promise<number>;
  end: (code: number) => void = () => undefined;
  constructor() {
    this.reached = new Promise((resolve) => {
      this.end = resolve;
    });
  }
}

/** What the person at the terminal can mend: said in one line. Anything else is ours and shows its stack. */
const EXPECTED = new Set(['input', 'held', 'durability', 'newer', 'not-built', 'corrupt', 'io', 'disk-full']);

function isExpected(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if ('kind' in error && typeof error.kind === 'string') return EXPECTED.has(error.kind);
  // The system's own words for a folder or port we may not use: they name it.
  return (
    'code' in error &&
    ['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'ENOTDIR', 'EROFS', 'ENOSPC'].includes(String(error.code))
  );
}
