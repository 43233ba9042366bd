import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaultPoint } from '../fault.ts';
import type { Append } from '../log.ts';
import { Appender } from './append.ts';
import { openReader, openWriter } from './connection.ts';
import { toWire } from './errors.ts';
import { packGroup, unpackGroup } from './group.ts';
import { NoteRows } from './note-rows.ts';
import { NoteReader } from './read-note.ts';

let folder: string;
let db: DatabaseSync;
let rows: NoteRows;
let reader: DatabaseSync;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-append-'));
  db = openWriter(join(folder, 'x.db'));
  rows = new NoteRows(db);
  for (const noteId of ['a.1', 'b.1', 'c.1']) rows.create(noteId, 1);
  reader = openReader(join(folder, 'x.db'));
});
afterEach(() => {
  reader.close();
  db.close();
  rmSync(folder, { recursive: true });
});

function one(noteId: string, size = 10): Append {
  return { noteId, updates: [{ actor: `actor of ${noteId}`, payload: new Uint8Array(size).fill(7) }], binds: [] };
}

function heads(): unknown[] {
  return reader
    .prepare('SELECT head_seq FROM note ORDER BY uuid')
    .all()
    .map((row) => row['head_seq']);
}

function appender(fault: FaultPoint = () => undefined): Appender {
  return new Appender(db, rows, fault);
}

function failure(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return toWire(error);
  }
  return 'nothing thrown';
}

test('a group travels flat and comes out as it went in', () => {
  const appends: Append[] = [
    { noteId: 'a.1', updates: [], binds: [] },
    { noteId: 'b.1', updates: [{ actor: 'x', payload: new Uint8Array([1, 2]) }, { actor: 'y', payload: new Uint8Array(0) }], binds: [[1, 'x'], [2 ** 40, 'y']] }, // prettier-ignore
    { noteId: 'c.1', updates: [{ actor: 'z', payload: new Uint8Array([3]) }], binds: [] },
  ];
  expect(unpackGroup(packGroup(appends, 5))).toEqual(appends);
});

test('LO2: an append that fails alone leaves the others of its group alone', () => {
  db.exec(
    `CREATE TRIGGER bad BEFORE INSERT ON note_update WHEN length(NEW.payload) = 13 BEGIN SELECT RAISE(ABORT, 'bad'); END`,
  );
  const outcomes = appender().append(packGroup([one('a.1'), one('b.1', 13), one('c.1'), one('b.1')], 5));
  expect(outcomes).toEqual([1, expect.objectContaining({ kind: 'bug', message: 'bad' }), 1, 1]);
  expect(heads()).toEqual([1, 1, 1]);
  expect(appender().append(packGroup([one('b.1')], 5))).toEqual([2]);
  const notes = new NoteReader(reader);
  for (const noteId of ['a.1', 'b.1', 'c.1']) expect(notes.read(noteId)).toMatchObject({ headSeq: expect.any(Number) });
});

test('LO2: a commit that fails fails its whole group, writes nothing, and the next one goes on without a hole', () => {
  appender().append(packGroup([one('a.1')], 5));
  let broken = true;
  const failing = appender((name) => {
    if (name === 'before-commit' && broken) throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
  });
  const group = [one('a.1'), one('b.1')];
  expect(failure(() => failing.append(packGroup(group, 5)))).toMatchObject({ kind: 'store', store: 'io' });
  expect(heads()).toEqual([1, 0, 0]);
  broken = false;
  expect(failing.append(packGroup(group, 5))).toEqual([2, 1]);
});

test('a full disk is called one, nothing is written, and appends go on when there is room again', () => {
  const group = (): Append[] => [one('a.1', 100_000), one('b.1', 400_000)];
  const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
  db.exec(`PRAGMA max_page_count = ${pages + 40}`);
  expect(failure(() => appender().append(packGroup(group(), 5)))).toMatchObject({ kind: 'store', store: 'disk-full' });
  expect(heads()).toEqual([0, 0, 0]);
  db.exec(`PRAGMA max_page_count = ${pages + 4000}`);
  expect(appender().append(packGroup(group(), 5))).toEqual([1, 1]);
});

test('a database that another program holds is called busy', () => {
  const other = openWriter(join(folder, 'x.db'));
  other.exec('BEGIN IMMEDIATE');
  db.exec('PRAGMA busy_timeout = 0');
  expect(failure(() => appender().append(packGroup([one('a.1')], 5)))).toMatchObject({ kind: 'store', store: 'busy' });
  other.exec('ROLLBACK');
  other.close();
  expect(appender().append(packGroup([one('a.1')], 5))).toEqual([1]);
});
