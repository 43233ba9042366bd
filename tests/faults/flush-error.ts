import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noteOf, startServer } from '../support/start-server.ts';
import { countTokens, Writer } from './writer.ts';

export interface FlushReport {
  /** Failed flushes, and how many of them the server met before it listened. */
  failed: number;
  atStart: number;
  acked: number;
  /** One line for each promise that was broken. */
  broken: string[];
}

const WRITERS = 4;

/** Why this machine cannot make a flush fail; null when it can. */
export function noFlushErrors(): string | null {
  if (process.platform !== 'linux') return 'only Linux has strace';
  try {
    execFileSync('strace', ['-D', '-f', '-o', '/dev/null', '-e', 'inject=fsync:error=EIO', 'true'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return missing ? 'strace is not installed' : 'strace may not watch processes';
  }
}

/**
 * DK3: the n-th flush of the WAL fails once, for each n given, while people write. The server must end by itself, saying
 * why, and the next start must have everything that was acked, once.
 */
export async function flushErrors(which: readonly number[]): Promise<FlushReport> {
  const report: FlushReport = { failed: 0, atStart: 0, acked: 0, broken: [] };
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-flush-'));
  try {
    const first = await startServer({ dataDir: join(folder, 'first') });
    await first.stop();
    for (const n of which) {
      const dataDir = join(folder, String(n));
      await cp(join(folder, 'first'), dataDir, { recursive: true });
      await round(dataDir, n, (what) => report.broken.push(`flush ${n}: ${what}`), report);
      await rm(dataDir, { recursive: true });
    }
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function round(dataDir: string, n: number, say: (what: string) => void, report: FlushReport): Promise<void> {
  const trace = join(mkdtempSync(join(tmpdir(), 'plumbline-trace-')), 'calls');
  const calls = 'fdatasync,fsync';
  // A flush of the WAL is what an ack waits for. Others may fail without a word: what they would have kept is in the WAL.
  const under = ['strace', '-D', '-f', '-qq', '--seccomp-bpf', '-o', trace, '-P', join(dataDir, 'plumbline.db-wal')];
  under.push('-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO:when=${n}`);
  const server = await startServer({ dataDir, under }).catch((error: unknown) => String(error));
  const writers: Writer[] = [];
  if (typeof server === 'string') {
    report.atStart++;
    if (!/it ended with 1\n/.test(server)) say(`no plain end at the start: ${server}`);
    if (/^\s+at /m.test(server)) say(`a stack instead of words: ${server}`);
  } else {
    // A server that fails right after it has printed its address answers nobody any more.
    const { noteId } = await noteOf(server.url).catch(() => ({ noteId: '' }));
    if (noteId === '') report.atStart++;
    else for (let i = 0; i < WRITERS; i++) writers.push(new Writer(`${n}w${i}`, noteId));
    await Promise.all(writers.map((writer) => writer.connect(Number(new URL(server.url).port), true)));
    const code = await server.ended();
    for (const writer of writers) writer.disconnect();
    if (code !== 1) say(`it ended with ${code}`);
    if (!server.output().includes('the disk cannot be trusted any more')) say('it did not say why it ended');
  }
  if (!readFileSync(trace, 'utf8').includes('(INJECTED)')) say('no flush failed');
  rmSync(join(trace, '..'), { recursive: true });
  report.failed++;
  await after(dataDir, writers, say, report);
}

/** The next start, on a disk that works again. */
async function after(
  dataDir: string,
  writers: readonly Writer[],
  say: (what: string) => void,
  report: FlushReport,
): Promise<void> {
  const server = await startServer({ dataDir });
  try {
    const port = Number(new URL(server.url).port);
    const newcomer = new Writer('newcomer', (await noteOf(server.url)).noteId);
    await newcomer.connect(port, false);
    await newcomer.until(() => newcomer.synced);
    newcomer.disconnect();
    const there = countTokens(newcomer.doc);
    for (const [token, times] of there) if (times > 1) say(`${token} is there ${times} times`);
    for (const writer of writers) {
      report.acked += writer.acked.size;
      for (const token of writer.acked) if (!there.has(token)) say(`${token} was acked and is gone`);
    }
    await Promise.all(writers.map((writer) => writer.connect(port, false)));
    await Promise.all(writers.map((writer) => writer.until(() => writer.saved)));
    for (const writer of writers) writer.disconnect();
  } finally {
    await server.dispose();
  }
}
