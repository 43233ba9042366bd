import type { Access, EventHead, Material } from '#core/event/model.ts';
import type { Clock } from '../../clock.ts';
import { NotFoundError } from '../../errors.ts';
import { mergeEvent } from '../merge-event.ts';
import { parseNoteId } from '../note-id.ts';
import {
  type EventRecord,
  type EventTables,
  type LoggedChange,
  type NewChange,
  type NewNote,
  TakenError,
} from '../tables.ts';
import type { MemoryDisk, MemoryNote } from './disk.ts';
import type { Gate } from './gate.ts';
import { addRow } from './log.ts';

export class MemoryEvents implements EventTables {
  readonly #disk: MemoryDisk;
  readonly #gate: Gate;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(disk: MemoryDisk, gate: Gate, clock: Pick<Clock, 'now'>) {
    this.#disk = disk;
    this.#gate = gate;
    this.#clock = clock;
  }

  list(): Promise<EventHead[]> {
    return this.#gate.read(() =>
      [...this.#disk.events.values()]
        .map(({ slug, title, start, end, zone }) => ({ slug, title, start, end, zone }))
        .sort((a, b) => compare(a.start, b.start) || compare(a.slug, b.slug)),
    );
  }

  get(slug: string): Promise<EventRecord | null> {
    return this.#gate.read(() => structuredClone(this.#bySlug(slug)) ?? null);
  }

  save(event: EventRecord, newNotes: NewNote[], changes: NewChange[] = []): Promise<void> {
    return this.#write(event, newNotes, changes, false);
  }

  settle(event: EventRecord, newNotes: NewNote[], changes: NewChange[]): Promise<void> {
    return this.#write(event, newNotes, changes, true);
  }

  #write(event: EventRecord, newNotes: NewNote[], changes: NewChange[], settles: boolean): Promise<void> {
    const copy = structuredClone({ event, newNotes, changes });
    return this.#gate.write(() => {
      const stored = this.#disk.events.get(copy.event.id) ?? null;
      const merged = mergeEvent(stored, copy.event, copy.newNotes, settles);
      this.#refuseTaken(merged);
      const made = copy.newNotes.map((note) => this.#makeNote(note));
      refuseTwice(
        made.map(([uuid]) => uuid),
        'note',
      );
      for (const [uuid, note] of made) this.#disk.notes.set(uuid, note);
      const numbered = this.#disk.outcomes.some((one) => one.event === merged.id);
      if (stored !== null && numbered && stored.prefix !== merged.prefix)
        this.#disk.oldPrefixes.set(stored.prefix, merged.id);
      this.#disk.events.set(merged.id, merged);
      this.#addChanges(merged.id, copy.changes);
    });
  }

  setMaterials(sessionId: string, before: string[], materials: Material[]): Promise<boolean> {
    const copy = structuredClone(materials);
    return this.#gate.write(() => {
      const session = this.#sessions().find((one) => one.session.id === sessionId)?.session;
      const now = session?.materials.map((material) => material.id);
      if (session === undefined || now?.join('\n') !== before.join('\n')) return false;
      refuseTwice(copy.map((material) => material.id));
      session.materials = copy;
      return true;
    });
  }

  setAccess(slug: string, access: Access, changes: NewChange[] = []): Promise<void> {
    const copy = structuredClone(changes);
    return this.#gate.write(() => {
      const event = this.#bySlug(slug);
      if (event === undefined) throw new NotFoundError(`There is no event ${slug}.`);
      event.access = access;
      this.#addChanges(event.id, copy);
    });
  }

  changes(slug: string, below: number, count: number): Promise<LoggedChange[]> {
    return this.#gate.read(() => {
      const all = this.#disk.changes.get(this.#bySlug(slug)?.id ?? '') ?? [];
      return structuredClone(
        all
          .filter((one) => one.number < below)
          .reverse()
          .slice(0, count),
      );
    });
  }

  prefixes(): Promise<{ prefix: string; eventId: string }[]> {
    return this.#gate.read(() => [
      ...[...this.#disk.events.values()].map(({ prefix, id }) => ({ prefix, eventId: id })),
      ...[...this.#disk.oldPrefixes].map(([prefix, eventId]) => ({ prefix, eventId })),
    ]);
  }

  ofNote(
    noteId: string,
  ): Promise<{ eventSlug: string; sessionSlug: string; sessionId: string; access: Access } | null> {
    return this.#gate.read(() => {
      const uuid = parseNoteId(noteId)?.uuid;
      const found = this.#sessions().find(({ session }) => parseNoteId(session.noteId)?.uuid === uuid);
      if (uuid === undefined || found === undefined) return null;
      const { event, session } = found;
      return { eventSlug: event.slug, sessionSlug: session.slug, sessionId: session.id, access: event.access };
    });
  }

  #bySlug(slug: string): EventRecord | undefined {
    return [...this.#disk.events.values()].find((event) => event.slug === slug);
  }

  #addChanges(eventId: string, changes: readonly NewChange[]): void {
    const log = this.#disk.changes.get(eventId) ?? [];
    const at = this.#clock.now();
    this.#disk.changes.set(eventId, [...log, ...changes.map((one, n) => ({ ...one, number: log.length + n + 1, at }))]);
  }

  #sessions(): { event: EventRecord; session: EventRecord['sessions'][number] }[] {
    return [...this.#disk.events.values()].flatMap((event) => event.sessions.map((session) => ({ event, session })));
  }

  /** The promises a database keeps by its UNIQUE constraints. */
  #refuseTaken(event: EventRecord): void {
    const other = this.#bySlug(event.slug);
    if (other !== undefined && other.id !== event.id)
      throw new TakenError('slug', `Another event has the slug ${event.slug}.`);
    const events = [...this.#disk.events.values()];
    const reserved = this.#disk.oldPrefixes.get(event.prefix) ?? event.id;
    if (reserved !== event.id || events.some((one) => one.prefix === event.prefix && one.id !== event.id))
      throw new TakenError('prefix', `Another event has the prefix ${event.prefix}.`);
    const elsewhere = this.#sessions().filter((one) => one.event.id !== event.id);
    refuseTwice([...elsewhere.map((one) => one.session.id), ...event.sessions.map((session) => session.id)]);
    refuseTwice(
      event.sessions.map((session) => session.slug),
      'slug',
    );
    refuseTwice(event.sourceKeys, 'source-key');
    refuseTwice(
      event.sessions.flatMap((session) => session.sourceKeys),
      'source-key',
    );
    for (const session of event.sessions) refuseTwice(session.materials.map((material) => material.id));
  }

  #makeNote({ noteId, template, schemaMin }: NewNote): [uuid: string, MemoryNote] {
    const key = parseNoteId(noteId);
    if (key === null) throw new Error(`${noteId} is no noteId (<uuid>.<epoch>).`);
    if (this.#disk.notes.has(key.uuid)) throw new TakenError('note', `The note ${noteId} was created before.`);
    const note: MemoryNote = {
      epoch: key.epoch,
      headSeq: 0,
      schemaMin,
      rows: [],
      snapshots: [],
      outcomes: { seq: 0, outcomes: [] },
      clients: new Map(),
    };
    addRow(note, 'server', template, this.#clock.now());
    return [key.uuid, note];
  }
}

function refuseTwice(values: readonly string[], what: TakenError['what'] = 'id'): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) throw new TakenError(what, `The ${what} ${value} is there twice.`);
    seen.add(value);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
