import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { fc } from '../support/properties.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#server/clock.ts';
import { openSqliteStore } from '#server/store/sqlite.ts';
import type { Store } from '#server/store/store.ts';
import { loaded, withNotes } from './store-bed.ts';
import { textOf } from './store-samples.ts';

const CHILD = fileURLToPath(new URL('./store-kill-child.ts', import.meta.url));

let dataDir: string;
let acked: { noteId: string; seq: number; token: string }[];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-kill-'));
  acked = [];
  const store = await open();
  await withNotes(store, 5);
  await store.close();
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function open(): Promise<Store> {
  const log = { warn: () => undefined, error: () => undefined };
  return openSqliteStore({ dataDir, clock: systemClock, log });
}

/** Runs one child until it ends, killing it when it has acked `killAfter` appends; how it ended and what it complained of. */
async function run(
  fault: string,
  first: number,
  killAfter: number,
  ...more: string[]
): Promise<{ end: unknown; complaints: string }> {
  const child = spawn(process.execPath, [CHILD, dataDir, fault, String(first), ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let acks = 0;
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => (complaints += String(text)));
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    const [noteId = '', seq = '', token = ''] = line.split(' ');
    acked.push({ noteId, seq: Number(seq), token: `<${token}>` });
    if (++acks === killAfter) child.kill('SIGKILL');
  });
  const read = new Promise((resolve) => lines.on('close', resolve));
  const end = await new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
  await read;
  return { end, complaints };
}

/** Every acked token is in its note once, at a seq that no other ack had; the rows have no holes. */
async function check(): Promise<void> {
  expect(new Set(acked.map(({ noteId, seq }) => `${noteId} ${seq}`)).size).toBe(acked.length);
  const store = await open();
  const texts = new Map<string, string>();
  for (const noteId of new Set(acked.map((ack) => ack.noteId))) {
    const { snapshot, tail, headSeq, snapshotSeq } = await loaded(store, noteId);
    expect(snapshotSeq + tail.length).toBe(headSeq);
    expect(headSeq).toBeGreaterThanOrEqual(
      Math.max(...acked.filter((ack) => ack.noteId === noteId).map((ack) => ack.seq)),
    );
    texts.set(noteId, textOf([snapshot, ...tail]));
  }
  await store.close();
  const times = acked.filter(({ noteId, token }) => texts.get(noteId)?.split(token).length !== 2);
  expect(times).toEqual([]);
  const db = new DatabaseSync(join(dataDir, 'plumbline.db'));
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  db.close();
}

test(
  'LO6, ST6: after 20 kills at random moments every acked update is there, none twice',
  { timeout: 120_000 },
  async () => {
    const moments = fc.sample(fc.integer({ min: 1, max: 150 }), 20);
    for (const [round, moment] of moments.entries()) {
      expect(await run('', round * 10_000, moment)).toEqual({ end: 'SIGKILL', complaints: '' });
      await check();
    }
  },
);

test.each(['before-commit:7', 'after-commit-before-ack:7', 'mid-snapshot:2', 'before-prune:1', 'before-prune:3'])(
  'LO6: a kill at %s loses nothing acked and doubles nothing',
  { timeout: 60_000 },
  async (fault) => {
    for (const round of [0, 1]) {
      expect(await run(fault, round * 10_000, Infinity)).toEqual({ end: 'SIGKILL', complaints: '' });
      expect(acked.length).toBeGreaterThan(0);
      await check();
    }
  },
);

test('after close nothing keeps the process alive', { timeout: 60_000 }, async () => {
  expect(await run('', 0, Infinity, 'once')).toEqual({ end: 0, complaints: '' });
  await check();
});
