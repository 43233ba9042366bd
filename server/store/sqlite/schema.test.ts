import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { NO_SETTINGS } from '#core/event/settings.ts';
import { openWriter } from './connection.ts';
import { EventReader } from './event-reader.ts';
import { migrate } from './schema.ts';

test('OU6: events of a data folder from before prefixes are given theirs, each its own', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-schema-'));
  const file = join(dataDir, 'plumbline.db');
  const before = new DatabaseSync(file);
  migrate(before, 1);
  const add = before.prepare(`
    INSERT INTO event (id, slug, title, start, end, zone, access, description, topics, people, breaks)
    VALUES (?, ?, ?, ?, ?, 'UTC', 'open', '[]', '[]', '[]', '[]')`);
  add.run('1', 'second', 'VFIO/IOMMU/PCI MC', '2023-11-14', '2023-11-14');
  add.run('2', 'first', 'VFIO/IOMMU/PCI MC', '2023-11-13', '2023-11-13');
  before.close();
  const db = openWriter(file);
  const prefixes = db.prepare('SELECT slug, prefix FROM event ORDER BY slug').all();
  expect(prefixes.map((row) => [row['slug'], row['prefix']])).toEqual([
    ['first', 'PCI23'],
    ['second', 'PCIV23'],
  ]);
  expect(() => db.exec(`UPDATE event SET prefix = 'PCI23'`)).toThrow('UNIQUE');
  db.close();
  rmSync(dataDir, { recursive: true });
});

test('SE1: events of a data folder from before settings have none settled', () => {
  const before = new DatabaseSync(':memory:');
  migrate(before, 4);
  before.exec(`
    INSERT INTO event (id, slug, prefix, title, start, end, zone, access, description, topics, people, breaks)
    VALUES ('1', 'a', 'A23', 'A', '2023-11-14', '2023-11-14', 'UTC', 'open', '[]', '[]', '[]', '[]')`);
  migrate(before);
  expect(new EventReader(before).bySlug('a')).toMatchObject({ settings: NO_SETTINGS, own: [] });
  before.close();
});

test('SE4: the database itself refuses to change or drop a logged change', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  db.exec(`
    PRAGMA foreign_keys = OFF;
    INSERT INTO event_change (event, number, at, actor, who, what) VALUES ('1', 1, 1, 'a', 'Ada', 'Title')`);
  expect(() => db.exec(`UPDATE event_change SET who = 'Bob'`)).toThrow('stays as it is');
  expect(() => db.exec('DELETE FROM event_change')).toThrow('is kept');
  db.close();
});
