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

test('CL6: unsent text of an older epoch is found, and only that', async () => {
  const indexedDB = new IDBFactory();
  await visit(indexedDB, 'note-a.1', 'saved long ago', true);
  await visit(indexedDB, 'note-a.2', 'never sent', false);
  await visit(indexedDB, 'note-a.3', 'the note of today', false);
  await visit(indexedDB, 'note-b.2', 'another note', false);
  const found = await findLeftovers(indexedDB, 'note-a.3');
  expect(found.map(({ noteId, changes, doc }) => [noteId, changes, doc.getText('note').toJSON()])).toEqual([
    ['note-a.2', 1, 'never sent'],
  ]);
});

test('CL6: copies with nothing unsent go, the others stay', async () => {
  const indexedDB = new IDBFactory();
  await visit(indexedDB, 'note-a.1', 'saved', true);
  await visit(indexedDB, 'note-a.2', 'never sent', false);
  await findLeftovers(indexedDB, 'note-a.3');
  const names = (await indexedDB.databases()).map(({ name }) => name);
  expect(names).toEqual(['plumbline note note-a.2']);
});

test('CL6: no IndexedDB, nothing found, nothing thrown', async () => {
  expect(await findLeftovers(null, 'note-a.1')).toEqual([]);
});
