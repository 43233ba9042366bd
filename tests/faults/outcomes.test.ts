import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '#server/clock.ts';
import { readOutcomes } from '#server/store/read-outcomes.ts';
import { openSqliteStore } from '#server/store/sqlite.ts';
import { addOutcome, ids, outcomeId, shorts } from '../support/outcomes.ts';
import { Random } from '../support/random.ts';
import { startVictim, type Victim } from './victim.ts';
import { Writer } from './writer.ts';

const NOTE_ID = '00000000-0000-4000-8000-000000000000.1';
const PER_LIFE = 4;
/** A number is given a second after the commit. */
const LONGEST_MS = 1_800;

/** Someone who marks outcomes and remembers every number they were told. */
class Marker {
  readonly told = new Map<string, string>();
  readonly #writer = new Writer('marker', NOTE_ID);
  #made = 0;

  async connect({ port }: Victim): Promise<void> {
    await this.#writer.connect(port, false);
    await this.#writer.until(() => this.#writer.synced);
    this.#look();
  }

  mark(): void {
    addOutcome(this.#writer.doc, { id: outcomeId(++this.#made) });
  }

  /** The server is gone; what it told before counts. */
  cut(): void {
    this.#writer.disconnect();
    this.#look();
  }

  async allNumbered(): Promise<void> {
    await this.#writer.until(() => shorts(this.#writer.doc).every((short) => short !== ''));
    this.#look();
  }

  get made(): number {
    return this.#made;
  }

  #look(): void {
    const found = shorts(this.#writer.doc);
    ids(this.#writer.doc).forEach((id, at) => {
      const short = String(found[at]);
      if (short === '') return;
      expect(this.told.get(String(id)) ?? short, 'OU6: an outcome has one number for ever').toBe(short);
      this.told.set(String(id), short);
    });
  }
}

async function life(dataDir: string, marker: Marker, random: Random, fault: string): Promise<void> {
  const victim = await startVictim(dataDir, fault);
  if (!victim) return;
  await marker.connect(victim);
  for (let i = 0; i < PER_LIFE; i++) marker.mark();
  const timer = setTimeout(() => victim.kill(), fault === '' ? random.int(LONGEST_MS) : 2 * LONGEST_MS);
  await victim.gone;
  clearTimeout(timer);
  marker.cut();
}

async function checkIndex(dataDir: string): Promise<void> {
  const complain = (fields: unknown): never => {
    throw new Error(JSON.stringify(fields));
  };
  const store = await openSqliteStore({ dataDir, clock: systemClock, log: { warn: complain, error: complain } });
  const note = await store.log.load(NOTE_ID);
  if (note === null || note === 'old-epoch') throw new Error('the note is gone');
  const fresh = readOutcomes(note.snapshot, note.tail);
  const kept = async () => (await store.outcomes.indexed('test-event')).find(({ noteId }) => noteId === NOTE_ID);
  const before = await kept();
  if (before?.seq === before?.headSeq) expect(before?.outcomes).toEqual(fresh);
  await store.outcomes.index(NOTE_ID);
  expect(await kept()).toMatchObject({ seq: note.headSeq, outcomes: fresh });
  await store.close();
}

test('OU6, OU8, LO6: killed again and again, also between store and note, each outcome has one number, and the index is the note', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'plumbline-outcomes-'));
  const marker = new Marker();
  const random = new Random(20261123);
  try {
    for (const fault of ['', '', 'after-numbers', '', 'after-numbers', '']) {
      await life(dataDir, marker, random, fault);
      await checkIndex(dataDir);
    }
    const victim = await startVictim(dataDir);
    if (!victim) throw new Error('the server died without a fault');
    await marker.connect(victim);
    await marker.allNumbered();
    victim.kill();
    await victim.gone;
    expect(marker.told.size).toBe(marker.made);
    const numbers = [...marker.told.values()].map((short) => Number(short.slice('TEST26-A'.length)));
    expect(numbers.toSorted((one, other) => one - other)).toEqual(numbers.map((_, at) => at + 1));
    await checkIndex(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}, 180_000);
