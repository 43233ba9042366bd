import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { openSqliteStore } from '../sqlite.ts';
import { nameOfRemote, readDurability, requireDurability } from './durability.ts';

const GOOD = { sqlite: '3.51.3', journal: 'wal', synchronous: 2 };

test('ST7: the settings of a good database pass, also with newer SQLite', () => {
  for (const facts of [GOOD, { ...GOOD, sqlite: '3.53.4' }, { ...GOOD, sqlite: '4.0.0' }, { ...GOOD, synchronous: 3 }])
    expect(() => requireDurability(facts)).not.toThrow();
});

test.each([
  [{ ...GOOD, sqlite: '3.51.2' }, '3.51.3'],
  [{ ...GOOD, sqlite: '3.9.9' }, '3.51.3'],
  [{ ...GOOD, journal: 'delete' }, 'WAL'],
  [{ ...GOOD, synchronous: 1 }, 'FULL'],
])('ST7: weak durability is refused: %o', (facts, named) => {
  expect(() => requireDurability(facts)).toThrow(named);
});

test('ST7: what is judged is what the database itself says', () => {
  const db = new DatabaseSync(':memory:');
  db.exec('PRAGMA synchronous = OFF');
  expect(readDurability(db)).toMatchObject({ journal: 'memory', synchronous: 0 });
  db.close();
});

test('ST7: network file systems are known by their number, local ones are not', () => {
  expect(nameOfRemote(0x6969)).toBe('NFS');
  expect(nameOfRemote(0xfe534d42)).toBe('SMB2');
  // As a signed 32-bit number.
  expect(nameOfRemote(0xff534d42 | 0)).toBe('CIFS');
  for (const local of [0xef53, 0x9123683e, 0x58465342, 0x01021994, 0x794c7630]) expect(nameOfRemote(local)).toBeNull();
});

test('a database of a newer Plumbline, and a file that is no database, are refused in words', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-durability-'));
  const file = join(dataDir, 'plumbline.db');
  const unexpected = (): never => expect.unreachable('a refused start is no broken store');
  const log = { warn: unexpected, error: unexpected };
  const open = () => openSqliteStore({ dataDir, clock: systemClock, log, onBroken: unexpected });
  await (await open()).close();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 999');
  db.close();
  await expect(open()).rejects.toThrow('A newer Plumbline made this database (version 999;');
  writeFileSync(file, 'no database at all, but long enough to look like one. '.repeat(100));
  await expect(open()).rejects.toMatchObject({ kind: 'corrupt' });
  rmSync(dataDir, { recursive: true });
});
