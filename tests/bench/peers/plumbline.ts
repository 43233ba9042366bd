import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Target } from '../load/peer.ts';
import type { Place } from './kind.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const NOTES = 100;

/** A programme of a hundred talks, imported the way an organizer would, so that the notes are real ones. */
export async function importProgramme(dataDir: string): Promise<void> {
  buildOnce();
  const file = join(dataDir, 'programme.json');
  writeFileSync(file, JSON.stringify(programme()));
  run(['server/cli.ts', 'import', file], { DATA_DIR: dataDir });
}

/** The pages, when nobody has built them yet. */
export function buildOnce(): void {
  if (!existsSync(join(ROOT, 'build/handler.js'))) run(['node_modules/vite/bin/vite.js', 'build'], {});
}

export function plumblineCommand({ port, dataDir }: Place): { args: string[]; env: Record<string, string> } {
  return {
    args: [join(ROOT, 'server/main.ts')],
    env: { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, SAMPLE: '0', LIMITS: 'off' },
  };
}

export async function noteTargets({ port }: Place, count: number): Promise<Target[]> {
  return (await rooms(port, count)).map(({ target }) => target);
}

/** The rooms of the imported programme: where each page is and where its note is. */
export async function rooms(port: number, count: number): Promise<{ path: string; target: Target }[]> {
  const [event] = await read<{ slug: string }[]>(port, '/api/events');
  if (!event) throw new Error('The programme was not imported.');
  const { sessions } = await read<{ sessions: { slug: string; noteId: string }[] }>(port, `/api/events/${event.slug}`);
  if (sessions.length < count) throw new Error(`The event has ${sessions.length} sessions, ${count} are needed.`);
  return sessions.slice(0, count).map(({ slug, noteId }) => ({
    path: `/${event.slug}/${slug}`,
    target: {
      port,
      note: noteId,
      path: `/sync/${encodeURIComponent(noteId)}`,
      dialect: 'y-websocket',
      subprotocol: null,
    },
  }));
}

async function read<T>(port: number, path: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

function run(args: string[], env: Record<string, string>): void {
  const outcome = spawnSync(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, encoding: 'utf8' });
  if (outcome.status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${outcome.stdout}${outcome.stderr}`);
}

/** Indico's JSON export of a conference's contributions, as far as it matters: ids, titles, times. */
function programme(): unknown {
  const tz = 'Europe/Berlin';
  const contributions = Array.from({ length: NOTES }, (_, index) => {
    const start = 8 * 60 + Math.floor(index / 2) * 10;
    return {
      _type: 'Contribution',
      _fossil: 'contributionMetadata',
      id: String(index + 1),
      db_id: 5000 + index,
      friendly_id: index + 1,
      title: `Measured talk ${index + 1}`,
      startDate: { date: '2026-11-23', time: clock(start), tz },
      endDate: { date: '2026-11-23', time: clock(start + 10), tz },
      duration: 10,
      roomFullname: `Room ${index % 2}`,
      room: `Room ${index % 2}`,
      note: {},
      location: '',
      type: null,
      description: '',
      folders: [],
      url: `https://example.org/event/1/contributions/${5000 + index}/`,
      material: [],
      speakers: [],
      primaryauthors: [],
      coauthors: [],
      keywords: [],
      track: null,
      session: 'Measured',
      references: [],
      board_number: '',
      code: '',
    };
  });
  const day = (time: string) => ({ date: '2026-11-23', time, tz });
  const conference = {
    _type: 'Conference',
    _fossil: 'conferenceMetadataWithContribs',
    id: '1',
    title: 'Bench',
    description: '',
    startDate: day('08:00:00'),
    endDate: day('18:00:00'),
    timezone: tz,
    room: '',
    location: '',
    address: '',
    type: 'conference',
    url: 'https://example.org/event/1/',
    folders: [],
    chairs: [],
    material: [],
    keywords: [],
    contributions,
  };
  return { count: 1, additionalInfo: {}, ts: 0, url: 'https://example.org/export/event/1.json', results: [conference] };
}

function clock(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
}
