/**
 * The process that kill tests end: writes to every note of the event in DATA_DIR at once and prints one line per ack,
 * `<noteId> <seq> <token>`. Arguments: DATA_DIR, fault point or empty, first token, and `once` to close after a little.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '#server/clock.ts';
import { openSqliteStore } from '#server/store/sqlite.ts';
import { Writer } from './store-samples.ts';

const [dataDir = '', fault = '', first = '0', once] = process.argv.slice(2);
const complain = (fields: unknown, line?: string): void => void writeSync(2, `${line} ${JSON.stringify(fields)}\n`);
const store = await openSqliteStore({
  dataDir,
  clock: systemClock,
  log: { warn: complain, error: complain },
  keeping: { ms: 0, snapshots: 2 },
  fault,
});
let token = Number(first);
let open = true;

async function write(noteId: string, clientId: number): Promise<void> {
  const note = await store.log.load(noteId);
  if (note === null || note === 'old-epoch') throw new Error(`${noteId} is not there`);
  const writer = new Writer(clientId, note.snapshot === null ? note.tail : [note.snapshot, ...note.tail]);
  for (let round = 1; open; round++) {
    const mine = token++;
    const outcome = await store.log.append({ noteId, updates: [writer.write(`<${mine}>`)], binds: [] });
    if (outcome.kind !== 'stored') throw new Error('refused');
    writeSync(1, `${noteId} ${outcome.seq} ${mine}\n`);
    if (round % 5 === 0) await store.log.snapshot(noteId);
    if (round % 15 === 0) await store.log.prune(noteId);
    if (once !== undefined && round === 15) open = false;
  }
}

const sessions = (await store.events.get('vfio-2023'))?.sessions ?? [];
await Promise.all(sessions.map(({ noteId }, index) => write(noteId, Number(first) + index + 100)));
await store.close();
