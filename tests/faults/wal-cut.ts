import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { openWriter } from '#server/store/sqlite/connection.ts';
import { inspectDatabase } from '#server/store/sqlite/inspect.ts';
import { NoteReader } from '#server/store/sqlite/read-note.ts';
import { Random } from '../support/random.ts';
import { startServer } from '../support/start-server.ts';
import { countTokens, Writer } from './writer.ts';

/** Of a WAL, and before each of its frames (https://www.sqlite.org/fileformat2.html#walformat). */
const WAL_HEAD = 32;
const FRAME_HEAD = 24;
const WRITERS = 8;
const NOTES = 2;
/** What a torn write leaves behind of the last pages. */
const TORN = 4096;

export interface CutReport {
  frames: number;
  transactions: number;
  cuts: number;
  /** Cuts after which the whole server was started and everybody came back. */
  starts: number;
  acked: number;
  /** One line for each promise that was broken. */
  broken: string[];
}

/** What a server left when it was killed: its database as it was folded last, and the WAL behind that. */
interface Left {
  database: string;
  wal: Buffer;
  writers: Writer[];
  noteIds: string[];
  /** What had been acked, in tokens of each writer, while the WAL had so many bytes. */
  promises: { bytes: number; acked: number[] }[];
}

/** How much a database holds: the head of each note, in the order of notes. */
type Heads = string;

/**
 * DK1: eight people write into two notes; the WAL they left is cut at every frame and at `offsets` random bytes, and its end garbled at
 * as many others. `starts` of the cuts go through the whole server and its clients.
 */
export async function walCuts(
  { frames, offsets, starts }: { frames: number; offsets: number; starts: number },
  seed: number,
): Promise<CutReport> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-cut-'));
  try {
    const left = await record(join(folder, 'data'), frames);
    const check = await Check.of(left, join(folder, 'cuts'));
    const random = new Random(seed);
    for (const end of check.frameEnds) await check.cut(end);
    for (let i = 0; i < offsets; i++) {
      await check.cut(random.int(left.wal.length + 1));
      await check.garble(random.int(left.wal.length + 1));
    }
    for (let i = 0; i < starts; i++) await check.start(random.int(left.wal.length + 1));
    return check.report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The server lives, folds its WAL at a stop, lives again until the WAL has so many frames, and is killed. */
async function record(dataDir: string, frames: number): Promise<Left> {
  const server = await startServer({ dataDir });
  try {
    await server.stop();
    await server.restart();
    const noteIds = (await noteIdsOf(server.url)).slice(0, NOTES);
    const writers = Array.from({ length: WRITERS }, (_, i) => new Writer(`w${i}`, noteIds[i % NOTES] ?? ''));
    const wal = join(dataDir, 'plumbline.db-wal');
    const promises: Left['promises'] = [];
    const port = Number(new URL(server.url).port);
    const enough = WAL_HEAD + frames * 4120;
    await Promise.all(
      writers.map(async (writer) => {
        await writer.connect(port, true);
        await writer.until(() => {
          // The acks first: what they promise is then within these bytes.
          const acked = writers.map((one) => one.acked.size);
          const bytes = statSync(wal).size;
          promises.push({ bytes, acked });
          return bytes >= enough;
        });
      }),
    );
    await server.kill9();
    for (const writer of writers) writer.disconnect();
    return { database: join(dataDir, 'plumbline.db'), wal: await readFile(wal), writers, noteIds, promises };
  } finally {
    await server.dispose();
  }
}

async function noteIdsOf(url: string): Promise<string[]> {
  const [head] = (await (await fetch(`${url}/api/events`)).json()) as { slug: string }[];
  const event = await (await fetch(`${url}/api/events/${head?.slug ?? ''}`)).json();
  return (event as { sessions: { noteId: string }[] }).sessions.map(({ noteId }) => noteId);
}

class Check {
  readonly report: CutReport;
  /** Where each frame ends; the first is the end of nothing. */
  readonly frameEnds: number[];
  readonly #left: Left;
  readonly #place: string;
  /** Where each transaction ends, with what the database holds when it is the last whole one. */
  readonly #whole: { end: number; heads: Heads }[] = [];
  #all: Map<string, string> = new Map();
  #made = 0;

  private constructor(left: Left, place: string) {
    this.#left = left;
    this.#place = place;
    const { ends, commits } = framesOf(left.wal);
    this.frameEnds = ends;
    const acked = left.writers.reduce((sum, writer) => sum + writer.acked.size, 0);
    this.report = { frames: ends.length, transactions: commits.length, cuts: 0, starts: 0, acked, broken: [] };
    this.#whole = [0, ...commits].map((end) => ({ end, heads: '' }));
  }

  static async of(left: Left, place: string): Promise<Check> {
    const check = new Check(left, place);
    check.#all = (await check.#open(left.wal)).rows;
    for (const one of check.#whole) one.heads = (await check.#open(left.wal.subarray(0, one.end))).heads;
    return check;
  }

  /** The disk kept so many bytes of the WAL. */
  async cut(bytes: number): Promise<void> {
    const last = this.#whole.findLast(({ end }) => end <= bytes);
    const { heads } = await this.#read(this.#left.wal.subarray(0, bytes), bytes, `a cut at byte ${bytes}`);
    if (heads !== last?.heads) this.#say(`a cut at byte ${bytes}: ${heads} instead of ${last?.heads ?? 'nothing'}`);
  }

  /** The disk kept so many bytes, and nonsense at their end. */
  async garble(bytes: number): Promise<void> {
    const sound = Math.max(0, bytes - TORN);
    const wal = Buffer.concat([this.#left.wal.subarray(0, sound), randomBytes(bytes - sound)]);
    const { heads } = await this.#read(wal, sound, `nonsense from byte ${sound}`);
    const last = this.#whole.findLast(({ end }) => end <= sound);
    if (heads !== last?.heads)
      this.#say(`nonsense from byte ${sound}: ${heads} instead of ${last?.heads ?? 'nothing'}`);
  }

  /** The whole server on what is left of a cut, and everybody comes back with what they have. */
  async start(bytes: number): Promise<void> {
    const dataDir = await this.#folder(this.#left.wal.subarray(0, bytes));
    const server = await startServer({ dataDir });
    try {
      const port = Number(new URL(server.url).port);
      const { writers, noteIds } = this.#left;
      for (const noteId of noteIds) {
        const found = new Writer('newcomer', noteId);
        await found.connect(port, false);
        await found.until(() => found.synced);
        found.disconnect();
        this.#promised(countTokens(found.doc), bytes, noteId, `a start after a cut at byte ${bytes}`);
      }
      await Promise.all(writers.map((writer) => writer.connect(port, false)));
      await Promise.all(writers.map((writer) => writer.until(() => writer.saved)));
      for (const writer of writers) writer.disconnect();
      this.report.starts++;
    } finally {
      await server.dispose();
      await rm(dataDir, { recursive: true, force: true });
    }
  }

  async #read(wal: Uint8Array, sound: number, what: string): Promise<Opened> {
    this.report.cuts++;
    const opened = await this.#open(wal);
    for (const finding of opened.findings) this.#say(`${what}: ${finding}`);
    for (const [row, sha256] of opened.rows)
      if (this.#all.get(row) !== sha256) this.#say(`${what}: row ${row} is none that was written`);
    for (const [at, noteId] of this.#left.noteIds.entries())
      this.#promised(opened.tokens[at] ?? new Map(), sound, noteId, what);
    return opened;
  }

  /** What was acked while the WAL had no more bytes than are sound now is there, and nothing is there twice. */
  #promised(there: ReadonlyMap<string, number>, sound: number, noteId: string, what: string): void {
    for (const [token, times] of there) if (times > 1) this.#say(`${what}: ${token} is there ${times} times`);
    const { writers, noteIds, promises } = this.#left;
    const promise = promises.findLast(({ bytes }) => bytes <= sound);
    for (const [at, writer] of writers.entries())
      if (noteIds[at % NOTES] === noteId)
        for (const token of [...writer.acked].slice(0, promise?.acked[at] ?? 0))
          if (!there.has(token)) this.#say(`${what}: ${token} was acked and is gone`);
  }

  async #open(wal: Uint8Array): Promise<Opened> {
    const dataDir = await this.#folder(wal);
    try {
      return readThrough(join(dataDir, 'plumbline.db'), this.#left.noteIds);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }

  async #folder(wal: Uint8Array): Promise<string> {
    const dataDir = join(this.#place, String(this.#made++));
    await mkdir(dataDir, { recursive: true });
    await copyFile(this.#left.database, join(dataDir, 'plumbline.db'));
    await writeFile(join(dataDir, 'plumbline.db-wal'), wal);
    return dataDir;
  }

  #say(what: string): void {
    this.report.broken.push(what);
  }
}

interface Opened {
  heads: Heads;
  /** `note/seq` to checksum. */
  rows: Map<string, string>;
  /** By note. */
  tokens: Map<string, number>[];
  findings: string[];
}

/** Opens a database as the server does, and reads it whole. */
function readThrough(path: string, noteIds: readonly string[]): Opened {
  const db = openWriter(path);
  try {
    const heads = db.prepare('SELECT head_seq FROM note ORDER BY id').all();
    const rows = db.prepare("SELECT note || '/' || seq AS row, hex(sha256) AS sha256 FROM note_update").all();
    const reader = new NoteReader(db);
    return {
      heads: heads.map((row) => row['head_seq']).join(' '),
      rows: new Map(rows.map((row) => [String(row['row']), String(row['sha256'])])),
      tokens: noteIds.map((noteId) => countTokens(docOf(reader, noteId))),
      findings: inspectDatabase(path).findings.map(({ where, what }) => `${where}: ${what}`),
    };
  } finally {
    db.close();
  }
}

function docOf(reader: NoteReader, noteId: string): Y.Doc {
  const note = reader.read(noteId);
  if (note === null || note === 'old-epoch') throw new Error(`note ${noteId} is gone`);
  const doc = new Y.Doc();
  for (const update of note.snapshot === null ? note.tail : [note.snapshot, ...note.tail]) Y.applyUpdate(doc, update);
  return doc;
}

/** Where frames end, and which of them end a transaction: those that say how many pages the database has then. */
function framesOf(wal: Buffer): { ends: number[]; commits: number[] } {
  const size = FRAME_HEAD + wal.readUInt32BE(8);
  const ends = [WAL_HEAD];
  const commits: number[] = [];
  // What an earlier turn of the same file left behind has other salts.
  const salts = wal.subarray(16, 24);
  for (let at = WAL_HEAD; at + size <= wal.length && wal.subarray(at + 8, at + 16).equals(salts); at += size) {
    ends.push(at + size);
    if (wal.readUInt32BE(at + 4) > 0) commits.push(at + size);
  }
  return { ends, commits };
}
