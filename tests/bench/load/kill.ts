import * as Y from 'yjs';
import { Pulse } from './pulse.ts';
import { pause, readFresh, SampledReader } from './reader.ts';
import type { Target } from './peer.ts';
import { Writer } from './writer.ts';

export interface KillJob {
  kind: 'kill';
  pid: number;
  target: Target;
  keys: number;
}

/** What was typed: the clocks [first, first + keys) of each writer. */
export type Typed = [clientId: number, firstClock: number, keys: number][];

export interface KillResult {
  typed: Typed;
}

export interface RecountJob {
  kind: 'recount';
  target: Target;
  typed: Typed;
}

export interface RecountResult {
  lost: number;
}

const WRITERS = 6;
const KEYS_PER_SECOND = 10;
const AFTER_LAST_KEY_MS = 50;
const PATIENCE_MS = 30_000;

/** Six people type; 50 ms after a reader has seen the last key the server is killed with -9. */
export async function runKill(job: KillJob): Promise<KillResult> {
  const pulse = new Pulse();
  const writers = Array.from({ length: WRITERS }, (_, index) => new Writer(job.target, `Writer ${index + 1}`, pulse));
  const reader = new SampledReader(job.target, pulse);
  await Promise.all([...writers, reader].map((one) => one.peer.synced));
  for (const writer of writers) writer.begin();
  await pause(300);
  const starts = writers.map((writer) => Y.getState(writer.doc.store, writer.doc.clientID));

  const each = job.keys / WRITERS;
  const period = 1000 / KEYS_PER_SECOND;
  await Promise.all(
    writers.map(async (writer, index) => {
      await pause((index * period) / WRITERS);
      for (let key = 0; key < each; key++) {
        writer.type();
        await pause(period);
      }
    }),
  );
  const ids = writers.map((writer) => writer.doc.clientID);
  const end = performance.now() + PATIENCE_MS;
  while (pulse.seenCount(reader, ids) < pulse.sentCount(ids)) {
    if (performance.now() > end) throw new Error('The reader did not see the last key.');
    await pause(1);
  }
  await pause(AFTER_LAST_KEY_MS);
  process.kill(job.pid, 'SIGKILL');
  return { typed: writers.map((writer, index) => [writer.doc.clientID, starts[index] ?? 0, each]) };
}

/** After the restart: how many of the keystrokes a reader had seen are gone. */
export async function runRecount(job: RecountJob): Promise<RecountResult> {
  const doc = await readFresh(job.target, 1500);
  let lost = 0;
  for (const [id, first, keys] of job.typed) {
    const present = Math.min(keys, Math.max(0, Y.getState(doc.store, id) - first));
    lost += keys - present;
  }
  return { lost };
}
