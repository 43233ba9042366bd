import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Guest } from './guest.ts';
import type { Expected } from './expected.ts';

const HELP = `node tests/data-folders/make.ts <checkout> <name> [--images] [--outcomes] [--killed]

Makes a small data folder with the code of an earlier version: <checkout> is a folder of it, installed and built. It lands in
tests/fixtures/data-folders/<name>, with what a later version has to find in it.

  --images    the version takes images into notes
  --outcomes  the version numbers outcomes
  --killed    its server is ended by kill -9, so that a WAL is left
`;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    images: { type: 'boolean', default: false },
    outcomes: { type: 'boolean', default: false },
    killed: { type: 'boolean', default: false },
  },
});
const [checkout, name] = positionals;
if (checkout === undefined || name === undefined) process.stdout.write(HELP);
else await make(checkout, join(fileURLToPath(new URL('../fixtures/data-folders/', import.meta.url)), name));

async function make(checkout: string, target: string): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'plumbline-made-'));
  const env = { PATH: process.env['PATH'], DATA_DIR: data, PORT: '0', SAMPLE: '0' };
  const options = { cwd: checkout, env };
  const page = fileURLToPath(new URL('./event.txt', import.meta.url));
  execFileSync(process.execPath, ['server/cli.ts', 'import', page], options);
  const server = spawn(process.execPath, ['server/main.ts'], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(server, 'exit');
  let said = '';
  server.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  while (!/^Organizer link.*\n/m.test(said)) await once(server.stdout, 'data');
  const expected = await write(/(http:\/\/\S+:\d+)/.exec(said)?.[1] ?? '', /#(\S+)/.exec(said)?.[1] ?? '');
  server.kill(values.killed ? 'SIGKILL' : 'SIGTERM');
  await gone;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const file of ['plumbline.db', 'plumbline.db-wal'])
    if (existsSync(join(data, file)))
      writeFileSync(join(target, `${file}.gz`), gzipSync(readFileSync(join(data, file)), { level: 9 }));
  if (values.images) cpSync(join(data, 'files'), join(target, 'files'), { recursive: true });
  writeFileSync(join(target, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
  rmSync(data, { recursive: true });
}

/** Two people with names, one of them organizer, write in two of three notes, add materials, an image and outcomes. */
async function write(url: string, token: string): Promise<Expected> {
  const [ada, jorg] = [new Guest(url), new Guest(url)];
  await ada.call('PUT', '/api/me', { name: 'Ada Lovelace' });
  await jorg.call('PUT', '/api/me', { name: 'Jörg Rødel' });
  await ada.call('POST', '/api/organizer', { token });
  const [{ slug: event = '' } = {}] = (await ada.call('GET', '/api/events')) as { slug: string }[];
  const { sessions } = (await ada.call('GET', `/api/events/${event}`)) as {
    sessions: { slug: string; noteId: string }[];
  };
  const [first, second, third] = sessions;
  if (!first || !second || !third) throw new Error('The event has three sessions.');
  const at = `/api/events/${event}/sessions/${first.slug}`;
  const slides = { kind: 'slides', title: 'Locks – slides', url: 'https://example.org/locks.pdf' };
  const series = { kind: 'patches', title: 'v3 series', url: 'https://lore.kernel.org/r/20231102.1@example.org' };
  await ada.call('POST', `${at}/materials`, slides);
  await jorg.call('POST', `${at}/materials`, series);

  const words: Record<string, string[]> = { [first.slug]: [], [second.slug]: [], [third.slug]: [] };
  for (const [guest, who, session] of [
    [ada, 'Ada', first],
    [jorg, 'Jörg', first],
    [jorg, 'Jörg', second],
  ] as const) {
    const note = await guest.open(session.noteId);
    for (let line = 1; line <= 12; line++) {
      const text = `${who} says ${line}: naïve “locks” 🔒 in ${session.slug}.`;
      await note.paragraph(text);
      words[session.slug]?.push(text);
    }
    await note.bold('kept in bold');
    words[session.slug]?.push('kept in bold');
    note.close();
  }
  let image: string | null = null;
  if (values.images) {
    ({ file: image } = (await ada.image(`${at}/images`)) as { file: string });
    const note = await ada.open(first.noteId);
    await note.image(image);
    note.close();
  }
  let outcomes: Expected['outcomes'] = [];
  if (values.outcomes) {
    const note = await ada.open(first.noteId);
    outcomes = await note.outcomes(['Post v4 of the series', 'Who reviews it?', 'Spin at most twice']);
    note.close();
  }
  // The server lets go of a note half a minute after the last has left, and makes a snapshot of a longer one then.
  await new Promise((resume) => setTimeout(resume, 40_000));
  return {
    event,
    notes: Object.fromEntries(sessions.map(({ slug, noteId }) => [slug, noteId])),
    words,
    materials: { [first.slug]: [slides, series] },
    devices: [
      { id: ada.device, name: 'Ada Lovelace', organizer: true },
      { id: jorg.device, name: 'Jörg Rødel', organizer: false },
    ],
    image,
    outcomes,
  };
}
