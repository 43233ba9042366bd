import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { oneEvent } from '../../../tests/support/one-event.ts';
import { systemClock } from '../../clock.ts';
import { openSqliteStore } from '../sqlite.ts';
import type { Store } from '../store.ts';

let dataDir: string;
let store: Store;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-read-'));
  store = await open();
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true });
});

function open(): Promise<Store> {
  const complain = (fields: unknown): never => {
    throw new Error(JSON.stringify(fields));
  };
  return openSqliteStore({ dataDir, clock: systemClock, log: { warn: complain, error: complain } });
}

/** A note with snapshots at row 4 and 7, and 9 rows. */
async function write(noteId: string): Promise<void> {
  const doc = new Y.Doc();
  for (let row = 2; row <= 9; row++) {
    const before = Y.encodeStateVector(doc);
    doc.getXmlFragment('note').push([new Y.XmlText(`row ${row} `)]);
    const payload = Y.encodeStateAsUpdate(doc, before);
    await store.log.append({ noteId, updates: [{ actor: 'ada', payload }], binds: [] });
    if (row === 4 || row === 7) await store.log.snapshot(noteId);
  }
}

async function read(noteId: string): Promise<{ text: string; snapshotSeq: number }> {
  const note = await store.log.load(noteId);
  if (note === null || note === 'old-epoch') throw new Error('the note is gone');
  const doc = new Y.Doc();
  for (const update of note.snapshot === null ? note.tail : [note.snapshot, ...note.tail]) Y.applyUpdate(doc, update);
  return { text: doc.getXmlFragment('note').toJSON(), snapshotSeq: note.snapshotSeq };
}

/**
 * The place of the second note's snapshot at row 7, in the index: note 2, epoch 1 (without a byte of its own), seq 7, its second row
 * (https://www.sqlite.org/fileformat2.html#record_format).
 */
const PLACE = Buffer.from([5, 1, 9, 1, 1, 2, 7, 2]);

test('DK4 (T6), LO5: a snapshot whose place is damaged is passed over for an older one, so that no row is left out', async () => {
  const [, noteId = ''] = await oneEvent(store, 2);
  await write(noteId);
  const sound = await read(noteId);
  expect(sound.snapshotSeq).toBe(7);
  await store.close();
  const path = join(dataDir, 'plumbline.db');
  const bytes = readFileSync(path);
  const at = bytes.indexOf(PLACE);
  expect([at, bytes.indexOf(PLACE, at + 1)]).toEqual([expect.any(Number), -1]);
  // Row 8 would be taken for a part of this snapshot.
  bytes[at + 6] = 8;
  writeFileSync(path, bytes);
  store = await open();
  expect(await read(noteId)).toEqual({ text: sound.text, snapshotSeq: 4 });
});
