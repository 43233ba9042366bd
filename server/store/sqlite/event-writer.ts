import type { DatabaseSync } from 'node:sqlite';
import type { Access, Material } from '#core/event/model.ts';
import { mergeEvent } from '../merge-event.ts';
import { type EventRecord, type NewChange, type NewNote, type SessionRecord, TakenError } from '../tables.ts';
import { transaction } from './transaction.ts';
import { EventReader } from './event-reader.ts';
import type { NoteRows } from './note-rows.ts';

/** Writing side of EventTables; one transaction per call. UNIQUE constraints keep the promises that a read before could not. */
export class EventWriter {
  readonly #db: DatabaseSync;
  readonly #notes: NoteRows;
  readonly #reader: EventReader;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync, notes: NoteRows) {
    this.#db = db;
    this.#notes = notes;
    this.#reader = new EventReader(db);
    this.#statements = prepare(db);
  }

  /** `settles`: prefix and settings as they are in `event`. */
  save(
    event: EventRecord,
    newNotes: readonly NewNote[],
    { changes, settles, at }: { changes: readonly NewChange[]; settles: boolean; at: number },
  ): void {
    try {
      transaction(this.#db, () => {
        const stored = this.#reader.byId(event.id);
        const merged = mergeEvent(stored, event, newNotes, settles);
        this.#keepPrefix(stored, merged);
        this.#writeEvent(merged);
        const made = new Map(newNotes.map((note) => [note.noteId, this.#makeNote(note, at)]));
        merged.sessions.forEach((session, position) => {
          this.#writeSession(merged.id, session, position, made.get(session.noteId));
        });
        this.#writeSources(merged);
        this.#addChanges(merged.id, changes, at);
      });
    } catch (error) {
      this.#notes.forget();
      throw error;
    }
  }

  setMaterials(sessionId: string, before: readonly string[], materials: readonly Material[]): boolean {
    return transaction(this.#db, () => {
      const now = this.#reader.materialIds(sessionId);
      if (now === null || now.length !== before.length || now.some((id, index) => id !== before[index])) return false;
      this.#writeMaterials(sessionId, materials);
      return true;
    });
  }

  /** False when there is no such event. */
  setAccess(slug: string, access: Access, changes: readonly NewChange[], at: number): boolean {
    return transaction(this.#db, () => {
      const event = this.#statements.setAccess.get(access, slug);
      if (event !== undefined) this.#addChanges(String(event['id']), changes, at);
      return event !== undefined;
    });
  }

  /** Numbers that were given under a prefix are cited for ever, so nobody else may have it. */
  #keepPrefix(stored: EventRecord | null, event: EventRecord): void {
    const { reserved, reserve } = this.#statements;
    if (reserved.get(event.prefix, event.id) !== undefined)
      throw new TakenError('prefix', `Another event had the prefix ${event.prefix}.`);
    if (stored !== null && stored.prefix !== event.prefix) reserve.run(stored.prefix, event.id);
  }

  #addChanges(event: string, changes: readonly NewChange[], at: number): void {
    for (const { actor, who, what, before, after } of changes)
      this.#statements.addChange.run({ event, at, actor, who, what, before, after });
  }

  #makeNote({ noteId, template, schemaMin }: NewNote, at: number): number {
    const note = this.#notes.create(noteId, schemaMin);
    this.#notes.add(note, 'server', template, at);
    this.#notes.saveHead(note);
    return note.id;
  }

  #writeEvent(event: EventRecord): void {
    this.#statements.event.run({
      id: event.id,
      slug: event.slug,
      prefix: event.prefix,
      title: event.title,
      start: event.start,
      end: event.end,
      zone: event.zone,
      conference: event.conference,
      venue: event.venue,
      url: event.url,
      access: event.access,
      description: JSON.stringify(event.description),
      topics: JSON.stringify(event.topics),
      people: JSON.stringify(event.people),
      breaks: JSON.stringify(event.breaks),
      settings: JSON.stringify(event.settings),
      own: JSON.stringify(event.own),
    });
  }

  /** `note` only for a session that is new; a session keeps its note for ever. */
  #writeSession(event: string, session: SessionRecord, position: number, note: number | undefined): void {
    const facts = {
      id: session.id,
      position,
      title: session.title,
      topics: JSON.stringify(session.topics),
      start: session.start,
      minutes: session.minutes,
      room: session.room,
      people: JSON.stringify(session.people),
      url: session.url,
      gone: session.gone ? 1 : 0,
      joined_to: session.joinedTo,
      own: JSON.stringify(session.own),
    };
    if (note === undefined) this.#statements.updateSession.run(facts);
    else this.#statements.insertSession.run({ ...facts, event, slug: session.slug, note });
    this.#writeMaterials(session.id, session.materials);
  }

  #writeMaterials(session: string, materials: readonly Material[]): void {
    this.#statements.dropMaterials.run(session);
    materials.forEach(({ id, kind, title, url, addedBy, addedAt }, position) => {
      this.#statements.addMaterial.run(session, position, id, kind, title, url, addedBy, addedAt);
    });
  }

  #writeSources(event: EventRecord): void {
    this.#statements.dropEventKeys.run(event.id);
    this.#statements.dropSessionKeys.run(event.id);
    event.sourceKeys.forEach((key, position) => this.#statements.addEventKey.run(event.id, position, key));
    for (const session of event.sessions)
      session.sourceKeys.forEach((key, position) => {
        this.#statements.addSessionKey.run(event.id, key, position, session.id);
      });
  }
}

function prepare(db: DatabaseSync) {
  return {
    event: db.prepare(`
      INSERT INTO event (id, slug, prefix, title, start, end, zone, conference, venue, url, access, description, topics, people, breaks, settings, own)
      VALUES (:id, :slug, :prefix, :title, :start, :end, :zone, :conference, :venue, :url, :access, :description, :topics, :people, :breaks, :settings, :own)
      ON CONFLICT (id) DO UPDATE SET prefix = :prefix, title = :title, start = :start, end = :end, zone = :zone, conference = :conference,
        venue = :venue, url = :url, access = :access, description = :description, topics = :topics, people = :people, breaks = :breaks, settings = :settings, own = :own`),
    insertSession: db.prepare(`
      INSERT INTO session (id, event, position, slug, note, title, topics, start, minutes, room, people, url, gone, joined_to, own)
      VALUES (:id, :event, :position, :slug, :note, :title, :topics, :start, :minutes, :room, :people, :url, :gone, :joined_to, :own)`),
    updateSession: db.prepare(`
      UPDATE session SET position = :position, title = :title, topics = :topics, start = :start, minutes = :minutes, room = :room,
        people = :people, url = :url, gone = :gone, joined_to = :joined_to, own = :own
      WHERE id = :id`),
    dropMaterials: db.prepare('DELETE FROM material WHERE session = ?'),
    addMaterial: db.prepare(
      'INSERT INTO material (session, position, id, kind, title, url, added_by, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    dropEventKeys: db.prepare('DELETE FROM event_source WHERE event = ?'),
    addEventKey: db.prepare('INSERT INTO event_source (event, position, key) VALUES (?, ?, ?)'),
    dropSessionKeys: db.prepare('DELETE FROM session_source WHERE event = ?'),
    addSessionKey: db.prepare('INSERT INTO session_source (event, key, position, session) VALUES (?, ?, ?, ?)'),
    setAccess: db.prepare('UPDATE event SET access = ? WHERE slug = ? RETURNING id'),
    reserved: db.prepare('SELECT 1 FROM old_prefix WHERE prefix = ? AND event <> ?'),
    reserve: db.prepare(`
      INSERT INTO old_prefix (prefix, event)
      SELECT ?1, id FROM event WHERE id = ?2 AND last_number > 0
      ON CONFLICT (prefix) DO NOTHING`),
    addChange: db.prepare(`
      INSERT INTO event_change (event, number, at, actor, who, what, before, after)
      SELECT :event, coalesce(max(number), 0) + 1, :at, :actor, :who, :what, :before, :after
      FROM event_change WHERE event = :event`),
  };
}
