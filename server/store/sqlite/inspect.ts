import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { applyExactly } from '#core/note/apply.ts';
import { imageFile } from '#core/note/images.ts';
import type { NoteJson, NoteNode } from '#core/note/json.ts';
import { readNote } from '#core/note/read.ts';
import { outcomesOf, READING } from '#core/outcomes/outcomes-of.ts';
import * as Y from 'yjs';
import { matches } from '../checksum.ts';
import { readVerified, type Sealed, type VerifiedNote } from '../verified.ts';
import { openReader } from './connection.ts';
import { type NoteHead, NoteSources } from './note-sources.ts';
import { requireKnownSchema } from './schema.ts';
import { view } from './transaction.ts';

/** Something that is not as it was written. */
export interface Finding {
  /** Address of the session, or `database`. */
  where: string;
  /** What is wrong and what that means for the text. */
  what: string;
  /** True when something cannot be read any more; false when what is damaged is there a second time or made anew. */
  lost: boolean;
}

export interface Inspected {
  events: number;
  notes: number;
  /** Of the logs, and the snapshots made of them, every one with its checksum. */
  rows: number;
  snapshots: number;
  /** Images that notes show: their files are not in the database. */
  images: { event: string; file: string; where: string }[];
  findings: Finding[];
}

interface NoteRow extends NoteHead {
  event: string | null;
  session: string | null;
}

/** More of one kind says nothing new. */
const MOST_COMPLAINTS = 20;

/**
 * Reads a database whole: SQLite's own check, every row and snapshot against its checksum, every note put together, and the index of
 * outcomes against a fresh reading. Writes nothing, also beside a running server. Throws NewerSchemaError.
 */
export function inspectDatabase(path: string): Inspected {
  const found: Inspected = { events: 0, notes: 0, rows: 0, snapshots: 0, images: [], findings: [] };
  const db = openReader(path);
  try {
    requireKnownSchema(db);
    for (const what of complaints(db)) found.findings.push({ where: 'database', what, lost: true });
    // One view, so that what is written meanwhile is seen whole or not at all.
    view(db, () => inspectNotes(db, found));
  } catch (error) {
    if (!isDamage(error)) throw error;
    const what = `SQLite cannot read its file (${(error as Error).message}). What follows it was not looked at.`;
    found.findings.push({ where: 'database', what, lost: true });
  } finally {
    db.close();
  }
  return found;
}

function complaints(db: DatabaseSync): string[] {
  const broken = db
    .prepare(`PRAGMA integrity_check(${MOST_COMPLAINTS})`)
    .all()
    .map((row) => String(row['integrity_check']))
    .filter((line) => line !== 'ok')
    .map((line) => `SQLite finds its file damaged: ${line}.`);
  const loose = db
    .prepare('PRAGMA foreign_key_check')
    .all()
    .slice(0, MOST_COMPLAINTS)
    .map((row) => `A row of ${String(row['table'])} belongs to a row of ${String(row['parent'])} that is not there.`);
  return [...broken, ...loose];
}

function inspectNotes(db: DatabaseSync, found: Inspected): void {
  const sources = new NoteSources(db);
  const kept = keptOutcomes(db);
  found.events = Number(db.prepare('SELECT count(*) AS n FROM event').get()?.['n']);
  const notes = db
    .prepare(
      `SELECT note.id, epoch, uuid || '.' || epoch AS noteId, head_seq AS headSeq, event.slug AS event, session.slug AS session
       FROM note LEFT JOIN session ON session.note = note.id LEFT JOIN event ON event.id = session.event
       ORDER BY event.slug, session.position`,
    )
    .all() as unknown as NoteRow[];
  for (const note of notes) {
    found.notes++;
    const where = note.event === null ? `note ${note.noteId}` : `/${note.event}/${note.session}`;
    const say = (what: string, lost: boolean): void => void found.findings.push({ where, what, lost });
    const source = sources.of(note);
    const damaged = [
      ...damagedOf(source.snapshots(), 'snapshot', () => found.snapshots++),
      ...damagedOf(source.rows(0), 'row', () => found.rows++),
    ];
    const verified = readable(() => readVerified(source), say);
    if (verified === null) continue;
    for (const what of damaged)
      say(`The checksum of ${what} fails. The text is whole: it is there a second time.`, false);
    inspectNote(verified, note, { kept, say, found, where });
  }
}

interface At {
  kept: ReturnType<typeof keptOutcomes>;
  say(what: string, lost: boolean): void;
  found: Inspected;
  where: string;
}

/** The note put together as a room would, and what is derived from it. */
function inspectNote({ snapshot, tail }: VerifiedNote, note: NoteRow, { kept, say, found, where }: At): void {
  const doc = new Y.Doc({ gc: true });
  try {
    applyExactly(doc, snapshot === null ? tail : [snapshot, ...tail]);
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
      say('Some of its changes build on changes that are not there; those are not shown.', true);
    const json = readNote(doc);
    const { event } = note;
    if (event !== null) for (const file of imagesOf(json)) found.images.push({ event, file, where });
    const index = kept(note.id);
    if (index?.seq === note.headSeq && !isDeepStrictEqual(index.outcomes, outcomesOf(json)))
      say('The index of its outcomes is not what the note says. Make it anew: npm run plumbline -- index.', false);
  } catch (error) {
    say(`It cannot be put together from its rows (${(error as Error).message}).`, true);
  } finally {
    doc.destroy();
  }
}

function* damagedOf(all: Iterable<Sealed>, kind: string, count: () => void): Generator<string> {
  for (const { seq, bytes, sha256 } of all) {
    count();
    if (!matches(bytes, sha256)) yield `${kind} ${seq}`;
  }
}

function readable(read: () => VerifiedNote, say: At['say']): VerifiedNote | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error) || !('kind' in error) || error.kind !== 'corrupt') throw error;
    say(`${error.message} It cannot be opened. Restore it from a backup.`, true);
    return null;
  }
}

/** What the index keeps of a note, when it was read as it is read now. An earlier Plumbline had none, or did not say how it read. */
function keptOutcomes(db: DatabaseSync): (note: number) => { seq: number; outcomes: unknown } | null {
  const has = db.prepare("SELECT 1 FROM pragma_table_info('note_outcomes') WHERE name = 'reading'").get() !== undefined;
  if (!has) return () => null;
  const statement = db.prepare(`
    SELECT seq, outcomes FROM note_outcomes AS kept JOIN note ON note.id = kept.note AND note.epoch = kept.epoch
    WHERE kept.note = ? AND reading = ${READING}`);
  return (note) => {
    const row = statement.get(note);
    return row === undefined
      ? null
      : { seq: Number(row['seq']), outcomes: JSON.parse(String(row['outcomes'])) as unknown };
  };
}

function imagesOf(note: NoteJson): Set<string> {
  const files = new Set<string>();
  const stack: NoteNode[] = [...note.content];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const image = node.type === 'image' ? imageFile(node.attrs?.['file']) : null;
    if (image !== null) files.add(image.file);
    for (const child of node.content ?? []) stack.push(child);
  }
  return files;
}

/** SQLITE_CORRUPT (11) and SQLITE_NOTADB (26). */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return code === 11 || code === 26;
}
