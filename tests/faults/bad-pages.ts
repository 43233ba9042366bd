import { randomBytes } from 'node:crypto';
import { open, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { templateUpdate } from '#core/note/template.ts';
import { verifyFolder } from '#server/backup/verify.ts';
import { systemClock } from '#server/clock.ts';
import { StoreError } from '#server/store/log.ts';
import { openSqliteStore } from '#server/store/sqlite.ts';
import { openWriter } from '#server/store/sqlite/connection.ts';
import { inStoreWords } from '#server/store/sqlite/errors.ts';
import { NoteReader } from '#server/store/sqlite/read-note.ts';
import { oneEvent } from '../support/one-event.ts';
import { Random } from '../support/random.ts';

const NOTES = 6;
/** At most so many bytes are overwritten at one place. */
const LONGEST = 900;

export interface DamageReport {
  damages: number;
  /** Damages of a note's rows or snapshots, or of what says where they are. */
  touched: number;
  /** Of the notes that were opened after a damage. */
  equal: number;
  refused: number;
  /** Databases that could not be opened at all. */
  closed: number;
  /** One line for each promise that was broken. */
  broken: string[];
}

/** A database of some notes with rows and snapshots, and what its notes say. */
interface Sound {
  bytes: Buffer;
  noteIds: string[];
  texts: string[];
  stored: Map<string, Stored>;
}

/** What the database holds of a note, unchecked. */
interface Stored {
  text: string;
  /** Who writes under which number: without it nobody may write, so the note is refused. */
  writers: string;
}

/**
 * DK4: up to 900 random bytes somewhere in the database are overwritten, again and again in a fresh copy. What a damaged note says
 * is what it said, or nothing; and `plumbline verify` finds every damage of a note.
 */
export async function damagedPages(damages: number, seed: number): Promise<DamageReport> {
  const report: DamageReport = { damages: 0, touched: 0, equal: 0, refused: 0, closed: 0, broken: [] };
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-pages-'));
  const random = new Random(seed);
  try {
    const sound = await makeSound(join(folder, 'sound'));
    const dataDir = join(folder, 'damaged');
    await mkdir(dataDir);
    for (let i = 0; i < damages; i++) {
      const at = random.int(sound.bytes.length);
      const length = Math.min(1 + random.int(LONGEST), sound.bytes.length - at);
      await writeFile(join(dataDir, 'plumbline.db'), sound.bytes);
      await overwrite(join(dataDir, 'plumbline.db'), at, length);
      await look(dataDir, sound, report, (what) => report.broken.push(`${length} bytes at ${at}: ${what}`));
      await rm(dataDir, { recursive: true });
      await mkdir(dataDir);
      report.damages++;
    }
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function overwrite(path: string, at: number, length: number): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(randomBytes(length), 0, length, at);
  await file.close();
}

async function look(dataDir: string, sound: Sound, report: DamageReport, say: (what: string) => void): Promise<void> {
  const stored = storedIn(join(dataDir, 'plumbline.db'));
  const isTouched = sound.noteIds.some((noteId) => stored?.get(noteId)?.text !== sound.stored.get(noteId)?.text);
  if (isTouched) report.touched++;
  const { findings } = await verifyFolder(dataDir);
  if (isTouched && findings.length === 0) say('verify finds nothing');
  let db: DatabaseSync;
  let reader: NoteReader;
  try {
    db = openWriter(join(dataDir, 'plumbline.db'));
    reader = new NoteReader(db);
  } catch (error) {
    report.closed++;
    if (!isDamage(error)) say(`not opened, for ${String(error)}`);
    return;
  }
  for (const [i, noteId] of sound.noteIds.entries()) {
    const text = textOf(reader, noteId);
    if (text === sound.texts[i]) report.equal++;
    else if (text === null || isDamage(text)) report.refused++;
    else say(`note ${i} says something else: ${String(text).slice(0, 200)}`);
    if (text === sound.texts[i]) continue;
    if (!findings.some(({ lost }) => lost)) say(`note ${i} is refused and verify does not say that text is lost`);
    if (isDeepStrictEqual(stored?.get(noteId), sound.stored.get(noteId)))
      say(`note ${i} was not touched and is refused: ${String(text)}`);
  }
  db.close();
}

/** As the server tells damage from a bug of ours. */
function isDamage(error: unknown): boolean {
  const said = inStoreWords(error);
  return said instanceof StoreError && said.kind === 'corrupt';
}

function textOf(reader: NoteReader, noteId: string): unknown {
  try {
    const note = reader.read(noteId);
    return note === null || note === 'old-epoch' ? null : textIn([note.snapshot, ...note.tail]);
  } catch (error) {
    return error;
  }
}

function textIn(updates: readonly (Uint8Array | null)[]): string {
  const doc = new Y.Doc();
  for (const update of updates) if (update !== null) Y.applyUpdate(doc, update);
  return doc.getXmlFragment('note').toJSON();
}

/** All that the database holds of each note, by noteId, unchecked; null when SQLite cannot read it. */
function storedIn(path: string): Map<string, Stored> | null {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    // As the server reads it: a page that is not as it should be is read no further.
    db.exec('PRAGMA cell_size_check = ON');
    const rows = db.prepare('SELECT epoch, seq, hex(payload) AS b, hex(sha256) AS s FROM note_update WHERE note = ?');
    const snapshots = db.prepare(
      'SELECT epoch, seq, hex(state) AS b, hex(sha256) AS s FROM note_snapshot WHERE note = ?',
    );
    const clients = db.prepare('SELECT * FROM note_client JOIN actor ON actor.id = note_client.actor WHERE note = ?');
    const notes = db.prepare("SELECT id, uuid || '.' || epoch AS noteId, head_seq AS head FROM note").all();
    return new Map(
      notes.map(({ id = null, noteId, head }) => [
        String(noteId),
        { text: JSON.stringify([head, rows.all(id), snapshots.all(id)]), writers: JSON.stringify(clients.all(id)) },
      ]),
    );
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

async function makeSound(dataDir: string): Promise<Sound> {
  const store = await openSqliteStore({ dataDir, clock: systemClock, log: { warn: ignore, error: ignore } });
  const noteIds = await oneEvent(store, NOTES);
  const texts: string[] = [];
  for (const noteId of noteIds) {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, templateUpdate());
    for (let row = 1; row <= 40; row++) {
      const before = Y.encodeStateVector(doc);
      const element = new Y.XmlElement('paragraph');
      // Some rows are longer than a page.
      element.insert(0, [new Y.XmlText(`row ${row} of ${noteId} `.repeat(row % 10 === 0 ? 200 : 5))]);
      doc.getXmlFragment('note').push([element]);
      const payload = Y.encodeStateAsUpdate(doc, before);
      await store.log.append({ noteId, updates: [{ actor: 'ada', payload }], binds: [[doc.clientID, 'ada']] });
      if (row % 15 === 0) await store.log.snapshot(noteId);
    }
    texts.push(doc.getXmlFragment('note').toJSON());
  }
  await store.close();
  const path = join(dataDir, 'plumbline.db');
  const stored = storedIn(path);
  if (stored === null) throw new Error('a sound database does not read');
  return { bytes: await readFile(path), noteIds, texts, stored };
}

function ignore(): void {
  // Damage is what these rounds are about.
}
