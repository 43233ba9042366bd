import type { DatabaseSync } from 'node:sqlite';
import type { Access, Material } from '#core/event/model.ts';
import type { EventSettings } from '#core/event/settings.ts';
import { mergeEvent } from '../merge-event.ts';
import type { EventRecord, NewNote, SessionRecord } from '../tables.ts';
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

  save(event: EventRecord, newNotes: readonly NewNote[], at: number): void {
    try {
      transaction(this.#db, () => {
        const merged = mergeEvent(this.#reader.byId(event.id), event, newNotes);
        this.#writeEvent(merged);
        const made = new Map(newNotes.map((note) => [note.noteId, this.#makeNote(note, at)]));
        merged.sessions.forEach((session, position) => {
          this.#writeSession(merged.id, session, position, made.get(session.noteId));
        });
        this.#writeSources(merged);
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
  setAccess(slug: string, access: Access): boolean {
    return this.#statements.setAccess.run(access, slug).changes === 1;
  }

  /** False when there is no such event. */
  setSettings(slug: string, settings: EventSettings): boolean {
    return this.#statements.setSettings.run(JSON.stringify(settings), slug).changes === 1;
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
      INSERT INTO event (id, slug, prefix, title, start, end, zone, conference, venue, url, access, description, topics, people, breaks, settings)
      VALUES (:id, :slug, :prefix, :title, :start, :end, :zone, :conference, :venue, :url, :access, :description, :topics, :people, :breaks, :settings)
      ON CONFLICT (id) DO UPDATE SET prefix = :prefix, title = :title, start = :start, end = :end, zone = :zone, conference = :conference,
        venue = :venue, url = :url, access = :access, description = :description, topics = :topics, people = :people, breaks = :breaks, settings = :settings`),
    insertSession: db.prepare(`
      INSERT INTO session (id, event, position, slug, note, title, topics, start, minutes, room, people, url, gone, joined_to)
      VALUES (:id, :event, :position, :slug, :note, :title, :topics, :start, :minutes, :room, :people, :url, :gone, :joined_to)`),
    updateSession: db.prepare(`
      UPDATE session SET position = :position, title = :title, topics = :topics, start = :start, minutes = :minutes, room = :room,
        people = :people, url = :url, gone = :gone, joined_to = :joined_to
      WHERE id = :id`),
    dropMaterials: db.prepare('DELETE FROM material WHERE session = ?'),
    addMaterial: db.prepare(
      'INSERT INTO material (session, position, id, kind, title, url, added_by, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    dropEventKeys: db.prepare('DELETE FROM event_source WHERE event = ?'),
    addEventKey: db.prepare('INSERT INTO event_source (event, position, key) VALUES (?, ?, ?)'),
    dropSessionKeys: db.prepare('DELETE FROM session_source WHERE event = ?'),
    addSessionKey: db.prepare('INSERT INTO session_source (event, key, position, session) VALUES (?, ?, ?, ?)'),
    setAccess: db.prepare('UPDATE event SET access = ? WHERE slug = ?'),
    setSettings: db.prepare('UPDATE event SET settings = ? WHERE slug = ?'),
  };
}
