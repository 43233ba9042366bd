import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { NOTE_FRAGMENT } from '#core/note/schema.ts';
import { READING } from '#core/outcomes/outcomes-of.ts';
import { Writer } from '../faults/writer.ts';
import { halves } from '../support/pictures.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

// Each starts processes of its own, and other suites may keep the machine busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const EVENT = 'vfio-iommu-pci-mc-2023';
const SESSION = 'dev-iommufd-development';

let place: string;
let server: RunningServer;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'plumbline-backup-'));
  server = await startServer({ dataDir: join(place, 'data') });
});
afterEach(async () => {
  await server.dispose();
  await rm(place, { recursive: true, force: true });
});

/** `npm run plumbline -- <args>` on this data folder. */
function plumbline(dataDir: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], DATA_DIR: dataDir };
    execFile(process.execPath, [CLI, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

async function noteId(of = server): Promise<string> {
  const event = (await (await fetch(`${of.url}/api/events/${EVENT}`)).json()) as {
    sessions: { slug: string; noteId: string }[];
  };
  return event.sessions.find(({ slug }) => slug === SESSION)?.noteId ?? '';
}

const text = async (of = server): Promise<string> => (await fetch(`${of.url}/${EVENT}/${SESSION}.md`)).text();

async function writer(name: string): Promise<Writer> {
  const one = new Writer(name, await noteId());
  await one.connect(Number(new URL(server.url).port), true);
  await one.until(() => one.synced);
  return one;
}

/** An image in the note of the session, as the browser puts it there. */
async function addImage(by: Writer): Promise<string> {
  const origin = server.url;
  const named = await fetch(`${origin}/api/me`, {
    method: 'PUT',
    headers: { origin, 'content-type': 'application/json' },
    body: '{"name":"Ada"}',
  });
  const cookie = named.headers.get('set-cookie')?.split(';')[0] ?? '';
  const added = await fetch(`${origin}/api/events/${EVENT}/sessions/${SESSION}/images`, {
    method: 'POST',
    headers: { origin, cookie, 'content-type': 'image/png' },
    body: new Uint8Array(await halves(20, 10).png().toBuffer()),
  });
  const { file } = (await added.json()) as { file: string };
  const image = new Y.XmlElement('image');
  image.setAttribute('file', file);
  by.doc.getXmlFragment(NOTE_FRAGMENT).insert(0, [image]);
  const { size } = by.acked;
  await by.until(() => by.acked.size > size + 8);
  return file;
}

test('BU1 BU2 BU3 (T33): what eight had acked before a backup under load is there after restoring it, and who knows more merges nothing', async () => {
  const data = join(place, 'data');
  const saved = join(place, 'saved');
  const ada = await writer('ada');
  const file = await addImage(ada);
  const others = await Promise.all(Array.from({ length: 7 }, (_, i) => writer(`w${i}`)));
  for (const one of others) await one.until(() => one.acked.size > 20);
  const acked = [ada, ...others].flatMap((one) => [...one.acked]);
  const backup = await plumbline(data, 'backup', saved);
  expect(backup).toMatchObject({ code: 0, err: '' });
  expect(backup.out).toMatch(/^Backed up into .* 1 event, \d+ notes .* 1 image\. All of it is sound\.\n$/);
  expect((await plumbline(data, 'verify')).out).toContain('All of it is sound');
  const running = await plumbline(data, 'restore', saved);
  expect(running).toMatchObject({ code: 1, out: '' });
  expect(running.err).toContain('is in use by process');
  await server.kill9();
  for (const one of [ada, ...others]) one.disconnect();

  const again = join(place, 'again');
  expect(await plumbline(again, 'restore', saved)).toMatchObject({ code: 0, err: '' });
  expect(await readdir(again)).not.toContainEqual(expect.stringContaining('restoring'));
  const restored = await startServer({ dataDir: again });
  try {
    const note = await text(restored);
    const there = (note.match(/⟨[^⟩]+⟩/g) ?? []).toSorted();
    expect(new Set(there).size).toBe(there.length);
    expect(acked.filter((token) => !there.includes(token))).toEqual([]);
    // Of each person a beginning: nothing is missing before something that is there.
    for (const { typed } of [ada, ...others]) {
      const kept = [...typed].map((token) => there.includes(token));
      expect(kept.lastIndexOf(true) + 1).toBe(kept.filter(Boolean).length);
    }
    expect((await fetch(`${restored.url}/files/${file}`)).status).toBe(200);
    await ada.connect(Number(new URL(restored.url).port), false);
    await expect(ada.until(() => false)).rejects.toThrow('old-epoch');
    expect(await text(restored)).toBe(note);
    expect(await noteId(restored)).toMatch(/\.2$/);
  } finally {
    await restored.dispose();
  }
  const second = await plumbline(again, 'restore', saved);
  expect(second).toMatchObject({ code: 1, out: '' });
  expect(second.err).toContain('already');
});

test('BU5: all notes are exported in every form beside a running server, with their images, as the pages show them', async () => {
  const data = join(place, 'data');
  const ada = await writer('ada');
  const file = await addImage(ada);
  ada.disconnect();
  const out = join(place, 'out');
  const done = await plumbline(data, 'export', out, '--event', EVENT);
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toMatch(/^Exported into .*: events: 1, notes: \d+, images: 1\.\n$/);
  for (const form of ['md', 'txt', 'html', 'json']) {
    const shown = await (await fetch(`${server.url}/${EVENT}/${SESSION}.${form}`)).text();
    const written = await readFile(join(out, EVENT, `${SESSION}.${form}`), 'utf8');
    // A line of text is as long as the address of an image in it.
    if (form !== 'txt')
      expect(written.replaceAll('"../', `"${server.url}/`).replaceAll('](../', `](${server.url}/`)).toBe(shown);
    for (const token of ada.acked) expect(written).toContain(token);
  }
  expect(await readFile(join(out, `${EVENT}.md`), 'utf8')).toContain(`./files/${file}`);
  expect(await readdir(join(out, 'files'))).toEqual([file]);
  expect(await plumbline(data, 'export', out)).toMatchObject({ code: 1, out: '' });
  const none = await plumbline(data, 'export', join(place, 'none'), '--event', 'nothing');
  expect(none).toMatchObject({ code: 1, out: '', err: '--event: There is no event "nothing".\n' });
  expect(await readdir(place)).not.toContain('none');
  expect((await plumbline(data, 'export')).code).toBe(2);
});

test('BU1: a folder with something in it, and a data folder without data, are refused and left as they are', async () => {
  const full = join(place, 'full');
  await mkdir(full);
  await writeFile(join(full, 'mine'), '');
  const refused = await plumbline(join(place, 'data'), 'backup', full);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toContain('something in this folder already');
  expect(await readdir(full)).toEqual(['mine']);
  const none = await plumbline(join(place, 'nothing'), 'backup', join(place, 'new'));
  expect(none).toMatchObject({ code: 1, out: '' });
  expect(none.err).toContain('DATA_DIR names the folder to read');
  expect((await readdir(place)).toSorted()).toEqual(['data', 'full']);
  expect((await plumbline(place, 'backup')).code).toBe(2);
});

test('BU2 BU3: damage is named by its session, with what it means; a damaged backup is not restored', async () => {
  const data = join(place, 'data');
  const ada = await writer('ada');
  const file = await addImage(ada);
  await ada.until(() => ada.acked.size > 100);
  ada.disconnect();
  await server.stop();
  const verify = (): ReturnType<typeof plumbline> => plumbline(data, 'verify');
  const where = `/${EVENT}/${SESSION}`;
  const db = new DatabaseSync(join(data, 'plumbline.db'));
  const note = db.prepare('SELECT note FROM session WHERE slug = ?').get(SESSION)?.['note'] ?? null;

  db.prepare(
    `INSERT OR REPLACE INTO note_outcomes (note, epoch, seq, outcomes, reading)
     SELECT id, epoch, head_seq, '[{"id":"invented"}]', ? FROM note WHERE id = ?`,
  ).run(READING, note);
  const index = await verify();
  expect(index.code).toBe(0);
  expect(index.out).toContain(`No text is lost:\n  ${where}: The index of its outcomes is not what the note says.`);
  db.prepare('DELETE FROM note_outcomes WHERE note = ?').run(note);

  await rm(join(data, 'files', EVENT, file));
  const image = await verify();
  expect(image.code).toBe(1);
  expect(image.out).toContain(`${where}: The file of its image ${file} is not there.`);

  db.prepare('UPDATE note_update SET payload = ? WHERE note = ? AND seq = 3').run(new Uint8Array([0, 0]), note);
  const row = await verify();
  expect(row.code).toBe(1);
  expect(row.out).toContain(`${where}: Note ${headOf(db, note)} is damaged on disk: the checksum of row 3 fails.`);
  db.close();

  const exported = await plumbline(data, 'export', join(place, 'exported'));
  expect(exported.code).toBe(1);
  expect(exported.out).toMatch(/Damaged and left out: 1\.\n/);
  expect(exported.out).toContain(`${where}: Note `);
  expect(await readdir(join(place, 'exported', EVENT))).not.toContain(`${SESSION}.md`);

  const saved = await plumbline(data, 'backup', join(place, 'damaged'));
  expect(saved.code).toBe(1);
  const restored = await plumbline(join(place, 'again'), 'restore', join(place, 'damaged'));
  expect(restored).toMatchObject({ code: 1, out: '' });
  expect(restored.err).toContain(`This backup is damaged (${where}`);
  expect(await readdir(join(place, 'again'))).not.toContain('plumbline.db');
});

test('BU2: a file that SQLite cannot read, or that is none, is said to be so', async () => {
  const data = join(place, 'data');
  await server.stop();
  await truncate(join(data, 'plumbline.db'), 20_000);
  const cut = await plumbline(data, 'verify');
  expect(cut).toMatchObject({ code: 1, err: '' });
  expect(cut.out).toContain('database: SQLite');
  await writeFile(join(data, 'plumbline.db'), 'no database');
  expect((await plumbline(data, 'verify')).out).toContain('database: SQLite cannot read its file');
  const none = await plumbline(data, 'verify', place);
  expect(none).toMatchObject({ code: 1, out: '' });
  expect(none.err).toContain('neither a data folder nor a backup');
});

function headOf(db: DatabaseSync, note: SQLInputValue): string {
  return String(db.prepare("SELECT uuid || '.' || epoch AS id FROM note WHERE id = ?").get(note)?.['id']);
}
