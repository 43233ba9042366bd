import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { findLeftovers } from './leftover.ts';
import { LocalCopy } from './local-copy.ts';
import { HandClock } from './testing/hand-clock.ts';

async function visit(indexedDB: IDBFactory, noteId: string, text: string, saved: boolean): Promise<void> {
  const doc = new Y.Doc();
  const copy = new LocalCopy({ noteId, doc, indexedDB, clock: new HandClock(), changed: () => undefined });
  await copy.load();
  doc.getText('note').insert(0, text);
  await copy.keep(Y.encodeStateAsUpdate(doc), 1);
  if (saved) copy.saved(1);
  await copy.close();
}

/** The note as that copy has it. */
async function known(indexedDB: IDBFactory, noteId: string): Promise<Y.Doc> {
  const doc = new Y.Doc();
  const copy = new LocalCopy({ noteId, doc, indexedDB, clock: new HandClock(), changed: () => undefined });
  await copy.load();
  await copy.close();
  return doc;
}

test('CL6: unsent text of an older epoch is found, and only that', async () => {
  const indexedDB = new IDBFactory();
  await visit(indexedDB, 'note-a.1', 'saved long ago', true);
  await visit(indexedDB, 'note-a.2', 'never sent', false);
  await visit(indexedDB, 'note-a.3', 'the note of today', false);
  await visit(indexedDB, 'note-b.2', 'another note', false);
  const found = await findLeftovers(indexedDB, 'note-a.3', null);
  expect(found.map(({ noteId, changes, doc }) => [noteId, changes, doc.getText('note').toJSON()])).toEqual([
    ['note-a.2', 1, 'never sent'],
  ]);
});

test('CL6: copies with nothing that the server lacks go, the others stay', async () => {
  const indexedDB = new IDBFactory();
  await visit(indexedDB, 'note-a.1', 'saved', true);
  await visit(indexedDB, 'note-a.2', 'never sent', false);
  await findLeftovers(indexedDB, 'note-a.3', await known(indexedDB, 'note-a.1'));
  const names = (await indexedDB.databases()).map(({ name }) => name);
  expect(names).toEqual(['plumbline note note-a.2']);
});

test('CL6: what was saved and the server lost, put back to an earlier state, is found once its text is here', async () => {
  const indexedDB = new IDBFactory();
  await visit(indexedDB, 'note-a.1', 'saved after the backup', true);
  expect(await findLeftovers(indexedDB, 'note-a.2', null)).toEqual([]);
  const [found] = await findLeftovers(indexedDB, 'note-a.2', new Y.Doc());
  expect([found?.changes, found?.doc.getText('note').toJSON()]).toEqual([0, 'saved after the backup']);
});

test('CL6: no IndexedDB, nothing found, nothing thrown', async () => {
  expect(await findLeftovers(null, 'note-a.1', null)).toEqual([]);
});
