import type { DatabaseSync } from 'node:sqlite';
import type { Access, EventHead, Material } from '#core/event/model.ts';
import { parseNoteId } from '../note-id.ts';
import type { EventRecord, LoggedChange, SessionRecord } from '../tables.ts';

export type NotePlace = { eventSlug: string; sessionSlug: string; sessionId: string; access: Access };

/** Reading side of EventTables. The caller opens the view, as one event is read by several statements. */
export class EventReader {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#statements = prepare(db);
  }

  list(): EventHead[] {
    return this.#statements.list.all() as unknown as EventHead[];
  }

  bySlug(slug: string): EventRecord | null {
    return this.#event(this.#statements.bySlug.get(slug));
  }

  byId(id: string): EventRecord | null {
    return this.#event(this.#statements.byId.get(id));
  }

  /** Ids in order; null when there is no such session. */
  materialIds(sessionId: string): string[] | null {
    if (this.#statements.session.get(sessionId) === undefined) return null;
    return this.#statements.materialIds.all(sessionId).map((row) => String(row['id']));
  }

  ofNote(noteId: string): NotePlace | null {
    const key = parseNoteId(noteId);
    const row = key === null ? undefined : this.#statements.ofNote.get(key.uuid);
    return row === undefined ? null : (row as unknown as NotePlace);
  }

  changes(slug: string, below: number, count: number): LoggedChange[] {
    return this.#statements.changes.all(slug, below, count) as unknown as LoggedChange[];
  }

  prefixes(): { prefix: string; eventId: string }[] {
    return this.#statements.prefixes.all() as unknown as { prefix: string; eventId: string }[];
  }

  #event(row: Row | undefined): EventRecord | null {
    if (row === undefined) return null;
    const { description, topics, people, breaks, settings, own, ...plain } = row;
    const id = String(row['id']);
    return {
      ...plain,
      description: parse(description),
      topics: parse(topics),
      people: parse(people),
      breaks: parse(breaks),
      settings: parse(settings),
      own: parse(own),
      sourceKeys: this.#statements.eventKeys.all(id).map((key) => String(key['key'])),
      sessions: this.#sessions(id),
    } as unknown as EventRecord;
  }

  #sessions(event: string): SessionRecord[] {
    const keys = grouped(this.#statements.sessionKeys.all(event), (row) => String(row['key']));
    const materials = grouped(
      this.#statements.materials.all(event),
      ({ session: _, ...row }) => row as unknown as Material,
    );
    return this.#statements.sessions.all(event).map((row) => {
      const { topics, people, gone, own, ...plain } = row;
      const id = String(row['id']);
      return {
        ...plain,
        topics: parse(topics),
        people: parse(people),
        gone: gone === 1,
        own: parse(own),
        materials: materials.get(id) ?? [],
        sourceKeys: keys.get(id) ?? [],
      } as unknown as SessionRecord;
    });
  }
}

type Row = Record<string, unknown>;

function parse(json: unknown): unknown {
  return JSON.parse(String(json));
}

/** Rows by the session they belong to, order kept. */
function grouped<T>(rows: readonly Row[], value: (row: Row) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const session = String(row['session']);
    const group = groups.get(session);
    if (group === undefined) groups.set(session, [value(row)]);
    else group.push(value(row));
  }
  return groups;
}

function prepare(db: DatabaseSync) {
  const event = `SELECT id, slug, prefix, title, start, end, zone, conference, venue, url, access, description, topics, people, breaks,
    settings, own FROM event`;
  return {
    list: db.prepare('SELECT slug, title, start, end, zone FROM event ORDER BY start, slug'),
    bySlug: db.prepare(`${event} WHERE slug = ?`),
    byId: db.prepare(`${event} WHERE id = ?`),
    eventKeys: db.prepare('SELECT key FROM event_source WHERE event = ? ORDER BY position'),
    sessions: db.prepare(`
      SELECT session.id, slug, uuid || '.' || epoch AS noteId, title, topics, start, minutes, room, people, url, gone,
        joined_to AS joinedTo, own
      FROM session JOIN note ON note.id = session.note WHERE event = ? ORDER BY position`),
    sessionKeys: db.prepare('SELECT session, key FROM session_source WHERE event = ? ORDER BY position'),
    materials: db.prepare(`
      SELECT session, material.id, kind, material.title, material.url, added_by AS addedBy, added_at AS addedAt
      FROM material JOIN session ON session.id = material.session WHERE event = ? ORDER BY material.position`),
    session: db.prepare('SELECT 1 FROM session WHERE id = ?'),
    materialIds: db.prepare('SELECT id FROM material WHERE session = ? ORDER BY position'),
    changes: db.prepare(`
      SELECT number, at, actor, who, what, before, after FROM event_change JOIN event ON event.id = event
      WHERE slug = ? AND number < ? ORDER BY number DESC LIMIT ?`),
    prefixes: db.prepare(
      'SELECT prefix, id AS eventId FROM event UNION ALL SELECT prefix, event AS eventId FROM old_prefix',
    ),
    ofNote: db.prepare(`
      SELECT event.slug AS eventSlug, session.slug AS sessionSlug, session.id AS sessionId, access
      FROM note JOIN session ON session.note = note.id JOIN event ON event.id = session.event WHERE uuid = ?`),
  };
}
