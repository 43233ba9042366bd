import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Random } from '../support/random.ts';
import { startVictim, type Victim } from './victim.ts';
import { countTokens, Writer } from './writer.ts';

const NOTE_ID = '00000000-0000-4000-8000-000000000000.1';
const WRITERS = 8;
const LONGEST_MS = 150;
/** A named point that is not reached by then ends the round by time. A busy machine writes hundreds of rows in so long. */
const LONGEST_NAMED_MS = 20_000;
/** A new data folder after so many rounds: the note must not grow for ever. */
const ROUNDS_PER_FOLDER = 50;

/** Points that come once in hundreds of rows. */
const RARE = new Set(['mid-snapshot', 'before-prune']);

export interface KillReport {
  rounds: number;
  /** Kills at the named point; the others of a named run came by time, because the point was not reached. */
  killedByFault: number;
  typed: number;
  acked: number;
  lost: string[];
  doubled: string[];
}

/**
 * LO6: writers type without pause, the server is killed at a moment drawn from the seed, or at the named point `fault`. After
 * every restart, before any writer is back, a newcomer must find everything that was acked, once.
 */
export async function killRounds(rounds: number, seed: number, fault = ''): Promise<KillReport> {
  const random = new Random(seed);
  const report: KillReport = { rounds: 0, killedByFault: 0, typed: 0, acked: 0, lost: [], doubled: [] };
  while (report.rounds < rounds)
    await withFolder((dataDir) =>
      killIn(dataDir, Math.min(ROUNDS_PER_FOLDER, rounds - report.rounds), random, fault, report),
    );
  return report;
}

async function killIn(
  dataDir: string,
  rounds: number,
  random: Random,
  fault: string,
  report: KillReport,
): Promise<void> {
  const writers = Array.from({ length: WRITERS }, (_, i) => new Writer(`${report.rounds}w${i}`, NOTE_ID));
  for (let round = 0; round < rounds; round++, report.rounds++) {
    const victim = await startVictim(
      dataDir,
      round === 0 ? '' : fault && `${fault}:${1 + random.int(RARE.has(fault) ? 1 : 20)}`,
    );
    if (!victim) {
      report.killedByFault++;
      continue;
    }
    await check(victim, writers, report);
    await Promise.all(writers.map((writer) => writer.connect(victim.port, true)));
    let byTime = false;
    const timer = setTimeout(
      () => {
        byTime = true;
        victim.kill();
      },
      fault && round > 0 ? LONGEST_NAMED_MS : random.int(LONGEST_MS),
    );
    await victim.gone;
    clearTimeout(timer);
    if (!byTime) report.killedByFault++;
    for (const writer of writers) writer.disconnect();
  }
  await finish(dataDir, writers, report);
}

/** A last life without a kill: everyone comes back, all that was typed is acked and there once, and the file is sound. */
async function finish(dataDir: string, writers: Writer[], report: KillReport): Promise<void> {
  const victim = await startVictim(dataDir);
  if (!victim) throw new Error('the server died without a fault');
  await check(victim, writers, report);
  await Promise.all(writers.map((writer) => writer.connect(victim.port, false)));
  await Promise.all(writers.map((writer) => writer.until(() => writer.saved)));
  await check(victim, writers, report);
  for (const writer of writers) {
    writer.disconnect();
    report.typed += writer.typed.size;
    report.acked += writer.acked.size;
  }
  victim.kill();
  await victim.gone;
  const database = new DatabaseSync(join(dataDir, 'plumbline.db'));
  const verdict = database.prepare('PRAGMA integrity_check').get();
  database.close();
  if (verdict?.['integrity_check'] !== 'ok') throw new Error(`the file is damaged: ${JSON.stringify(verdict)}`);
}

async function check(victim: Victim, writers: readonly Writer[], report: KillReport): Promise<void> {
  const newcomer = new Writer('newcomer', NOTE_ID);
  await newcomer.connect(victim.port, false);
  await newcomer.until(() => newcomer.synced);
  newcomer.disconnect();
  const there = countTokens(newcomer.doc);
  for (const writer of writers) for (const token of writer.acked) if (!there.has(token)) report.lost.push(token);
  for (const [token, times] of there) if (times > 1) report.doubled.push(token);
}

async function withFolder(run: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plumbline-kill-'));
  try {
    await run(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
