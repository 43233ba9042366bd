import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keepBeforeUpgrade } from '#server/backup/before-upgrade.ts';
import { verifyFolder } from '#server/backup/verify.ts';
import { migrate, SCHEMA_VERSION } from '#server/store/sqlite/schema.ts';
import type { Expected } from '../data-folders/expected.ts';
import { Writer } from '../faults/writer.ts';
import { smallDisk } from '../support/full-disk.ts';
import { skippedHere } from '../support/skipped-here.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

// Each starts a server, and other suites may keep the machine busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000, maxConcurrency: 2 });

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../fixtures/data-folders/', import.meta.url));
const FOLDERS = readdirSync(FIXTURES, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
const DATABASE = 'plumbline.db';
const schemaOf = (name: string): number => Number.parseInt(name, 10);

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'plumbline-upgrade-'));
});
afterAll(() => rm(place, { recursive: true, force: true }));

/** A data folder as its version left it. */
async function unpack(name: string, into: string): Promise<string> {
  const data = join(place, into);
  await cp(join(FIXTURES, name), data, { recursive: true });
  for (const file of await readdir(data))
    if (file.endsWith('.gz')) {
      await writeFile(join(data, file.slice(0, -3)), gunzipSync(await readFile(join(data, file))));
      await rm(join(data, file));
    }
  return data;
}

function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(join(FIXTURES, name, 'expected.json'), 'utf8')) as Expected;
}

/** Everything a database says, table by table. */
function contents(path: string): unknown {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    const tables = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    const version = db.prepare('PRAGMA user_version').get();
    return [version, tables.map(({ name, sql }) => [sql, db.prepare(`SELECT * FROM "${String(name)}"`).all()])];
  } finally {
    db.close();
  }
}

async function expectAllOf(expected: Expected, server: RunningServer, data: string): Promise<void> {
  const event = (await (await fetch(`${server.url}/api/events/${expected.event}`)).json()) as {
    sessions: { slug: string; noteId: string; materials: object[] }[];
  };
  expect(Object.fromEntries(event.sessions.map(({ slug, noteId }) => [slug, noteId]))).toEqual(expected.notes);
  for (const { slug, materials } of event.sessions) {
    expect(materials).toMatchObject(expected.materials[slug] ?? []);
    const text = await (await fetch(`${server.url}/${expected.event}/${slug}.txt`)).text();
    const words = expected.words[slug] ?? [];
    const count = (word: string): number => text.split(word).length - 1;
    const wanted = (word: string): number => words.filter((one) => one === word).length;
    expect(words.map((word) => [word, count(word)])).toEqual(words.map((word) => [word, wanted(word)]));
  }
  const found = (await (await fetch(`${server.url}/api/events/${expected.event}/outcomes`)).json()) as object[];
  expect(found).toMatchObject(expected.outcomes);
  expect(found).toHaveLength(expected.outcomes.length);
  if (expected.image !== null)
    expect((await fetch(`${server.url}/files/${expected.image}`)).headers.get('content-type')).toBe('image/png');
  const db = new DatabaseSync(join(data, DATABASE), { readOnly: true });
  const devices = db.prepare('SELECT id, name, organizer FROM device').all();
  db.close();
  for (const { id, name, organizer } of expected.devices)
    expect(devices).toContainEqual({ id, name, organizer: Number(organizer) });
}

test('BU4: each version of the database has left a data folder that upgrades are tried on', () => {
  const versions = Array.from({ length: SCHEMA_VERSION }, (_, at) => at + 1);
  expect([...new Set(FOLDERS.map(schemaOf))].toSorted((one, other) => one - other)).toEqual(versions);
});

test.concurrent.each(FOLDERS)(
  'BU4: a start on the data folder of version %s keeps a copy, brings it forward, and all of it is there',
  async (name) => {
    const expected = expectedOf(name);
    const data = await unpack(name, name);
    const untouched = await unpack(name, `${name}-untouched`);
    const server = await startServer({ dataDir: data, env: { SAMPLE: '0' } });
    try {
      const kept = await readdir(join(data, 'before-upgrade')).catch(() => []);
      const copied = [expect.stringMatching(new RegExp(`^schema-${schemaOf(name)}-.*\\.db$`))];
      expect(kept).toEqual(schemaOf(name) < SCHEMA_VERSION ? copied : []);
      for (const copy of kept)
        expect(contents(join(data, 'before-upgrade', copy))).toEqual(contents(join(untouched, DATABASE)));
      await expectAllOf(expected, server, data);
      const ada = new Writer('ada', Object.values(expected.notes)[0] ?? '');
      await ada.connect(Number(new URL(server.url).port), true);
      await ada.until(() => ada.acked.size > 0);
      ada.disconnect();
      await server.kill9();
      expect((await verifyFolder(data)).findings).toEqual([]);
      expect(await keepBeforeUpgrade(data, 'again')).toBeNull();
    } finally {
      await server.dispose();
    }
  },
);

test('OU8: what an earlier version read of a note is read again, however it read it', async () => {
  const data = await unpack('6-last', 'read-otherwise');
  const db = new DatabaseSync(join(data, DATABASE));
  db.exec(`UPDATE note_outcomes SET outcomes = '[]'`);
  db.close();
  const server = await startServer({ dataDir: data, env: { SAMPLE: '0' } });
  try {
    await expectAllOf(expectedOf('6-last'), server, data);
    expect((await verifyFolder(data)).findings).toEqual([]);
  } finally {
    await server.dispose();
  }
});

/** null of a folder. */
async function bytesOf(path: string): Promise<string | null> {
  return (await stat(path)).isFile() ? readFile(path, 'base64') : null;
}

/** The bytes of the files in a folder, but for what SQLite and the lock of the folder need to look at it. */
async function bytesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => !/^lock\.|-shm$|-wal$/.test(name)).toSorted();
  const entries = names.map(async (name) => [name, await bytesOf(join(folder, name))] as const);
  return Object.fromEntries((await Promise.all(entries)).filter(([, bytes]) => bytes !== null)) as Record<
    string,
    string
  >;
}

test('BU6: what a newer version made is refused in one line by server and commands, and left as it is', async () => {
  const data = await unpack(FOLDERS.at(-1) ?? '', 'newer');
  const db = new DatabaseSync(join(data, DATABASE));
  db.exec('PRAGMA user_version = 99');
  db.close();
  const before = await bytesIn(data);
  const refused = await startServer({ dataDir: data }).then(
    () => 'started',
    (error: Error) => error.message,
  );
  expect(refused).toMatch(/ended with 1\nA newer Plumbline made this database \(version 99;[^\n]*\n$/);
  const event = fileURLToPath(new URL('../data-folders/event.txt', import.meta.url));
  const commands = [
    ['verify'],
    ['index'],
    ['import', event],
    ['backup', join(place, 'out')],
    ['export', join(place, 'out')],
  ];
  for (const args of commands) {
    const { code, err } = await plumbline(data, args);
    expect([args[0], code, err]).toEqual([args[0], 1, expect.stringMatching(/^A newer Plumbline made[^\n]*\n$/)]);
  }
  const empty = join(place, 'restored');
  await mkdir(empty);
  const restored = await plumbline(empty, ['restore', data]);
  expect(restored).toEqual({ code: 1, err: expect.stringMatching(/^A newer Plumbline made[^\n]*\n$/) as string });
  expect(await readdir(empty)).not.toContain(DATABASE);
  expect(await bytesIn(data)).toEqual(before);
});

function plumbline(data: string, args: string[]): Promise<{ code: number; err: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], DATA_DIR: data };
    execFile(process.execPath, [CLI, ...args], { env }, (error, _out, said) =>
      resolve({ code: error ? Number(error.code) : 0, err: said }),
    );
  });
}

/** Versions between which an upgrade from the first may have been ended: all but the newest. */
const HALFWAY = Array.from({ length: SCHEMA_VERSION - 1 }, (_, at) => at + 1);

test.each(HALFWAY)('BU4: an upgrade that was ended at version %s goes on at the next start', async (version) => {
  const data = await unpack('1-first', `ended-at-${version}`);
  const kept = join(data, 'before-upgrade');
  await mkdir(kept);
  await writeFile(join(kept, 'schema-1-2026-11-24T00-00-00.000Z.db.making'), 'half of a copy');
  const db = new DatabaseSync(join(data, DATABASE));
  migrate(db, version);
  db.close();
  const server = await startServer({ dataDir: data, env: { SAMPLE: '0' } });
  try {
    await expectAllOf(expectedOf('1-first'), server, data);
    expect(await readdir(kept)).toEqual([expect.stringMatching(new RegExp(`^schema-${version}-.*\\.db$`))]);
  } finally {
    await server.dispose();
  }
});

test('BU4: an upgrade that kill -9 ends loses nothing', async () => {
  const data = await unpack('1-last', 'killed');
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env['PATH'], DATA_DIR: data, PORT: '0' } });
  const gone = once(child, 'exit');
  // Its copy is begun: the upgrade is what comes next.
  await vi.waitUntil(() => existsSync(join(data, 'before-upgrade')) || child.exitCode !== null, {
    interval: 1,
    timeout: 30_000,
  });
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  const server = await startServer({ dataDir: data, env: { SAMPLE: '0' } });
  try {
    await expectAllOf(expectedOf('1-last'), server, data);
    expect((await verifyFolder(data)).findings).toEqual([]);
  } finally {
    await server.dispose();
  }
});

const disk = smallDisk(4);
const why = typeof disk === 'string' ? disk : null;
afterAll(() => {
  if (typeof disk !== 'string') disk.remove();
});

test.skipIf(why !== null)(
  `BU4: on a full disk an upgrade is refused and changes nothing; with room it is made${skippedHere(why)}`,
  async () => {
    if (typeof disk === 'string') throw new Error(disk);
    const data = join(disk.folder, 'data');
    await cp(await unpack('5', 'full'), data, { recursive: true });
    const before = await bytesIn(data);
    disk.fill();
    await expect(startServer({ dataDir: data })).rejects.toThrow(
      /ended with 1\nThe disk of the data folder is full: make room there[^\n]*\n$/,
    );
    expect(await bytesIn(data)).toEqual(before);
    disk.free();
    const server = await startServer({ dataDir: data, env: { SAMPLE: '0' } });
    try {
      await expectAllOf(expectedOf('5'), server, data);
    } finally {
      await server.dispose();
    }
  },
);

test('BU4: when the copy cannot be made the upgrade is refused in one line, and nothing is changed', async () => {
  const data = await unpack('5', 'no-copy');
  await writeFile(join(data, 'before-upgrade'), 'in the way');
  const before = await bytesIn(data);
  const refused = await startServer({ dataDir: data }).then(
    () => 'started',
    (error: Error) => error.message,
  );
  expect(refused).toMatch(/ended with 1\nAn earlier Plumbline made this database, and it could not be copied[^\n]*\n$/);
  expect(await bytesIn(data)).toEqual(before);
});
