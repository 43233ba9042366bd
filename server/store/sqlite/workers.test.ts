import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { DEFAULT_KEEPING } from '../keeping.ts';
import type { StoreError } from '../log.ts';
import { openWriter } from './connection.ts';
import { SqliteLog } from './log.ts';
import { Workers } from './workers.ts';

/** A writer that opens and then dies of its second call, as one that runs out of memory would. */
const DYING = new URL(`data:text/javascript,
  import { parentPort } from 'node:worker_threads';
  let calls = 0;
  parentPort.on('message', ([id]) => {
    if (++calls === 2) throw new Error('out of memory');
    parentPort.postMessage([id, [7]]);
  });
  parentPort.postMessage([0, null]);
`);

test('a writer that dies fails what waits with io, is logged and told once, and nothing is written after it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-workers-'));
  const path = join(folder, 'x.db');
  openWriter(path).close();
  const lines: string[] = [];
  const broken: StoreError[] = [];
  const log = { warn: () => undefined, error: (_: unknown, line?: string) => void lines.push(String(line)) };
  const workers = new Workers({ path, fault: null, log, onBroken: (error) => broken.push(error), writer: DYING });
  await workers.started();
  const notes = new SqliteLog({ workers, clock: systemClock, log, keeping: DEFAULT_KEEPING });
  const append = (): Promise<unknown> => notes.append({ noteId: 'a.1', updates: [], binds: [] });
  expect(await append()).toEqual({ kind: 'stored', seq: 7 });
  const results = await Promise.allSettled([append(), append(), workers.write('setName', ['d', 'Ada'])]);
  for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { kind: 'io' } });
  await expect(append()).rejects.toMatchObject({ kind: 'io' });
  await expect(workers.write('setName', ['d', 'Ada'])).rejects.toMatchObject({ kind: 'io' });
  expect(await notes.load('a.1')).toBeNull();
  expect(broken).toHaveLength(1);
  expect(lines).toEqual(['the store is broken and refuses every write']);
  await workers.close(() => notes.idle());
  rmSync(folder, { recursive: true });
});
