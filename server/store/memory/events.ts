import type { Access, EventHead, Material } from '#core/event/model.ts';
import type { EventSettings } from '#core/event/settings.ts';
import type { Clock } from '../../clock.ts';
import { NotFoundError } from '../../errors.ts';
import { mergeEvent } from '../merge-event.ts';
import { parseNoteId } from '../note-id.ts';
import { type EventRecord, type EventTables, type NewNote, TakenError } from '../tables.ts';
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

  save(event: EventRecord, newNotes: NewNote[]): Promise<void> {
    const copy = structuredClone(event);
    const notes = structuredClone(newNotes);
    return this.#gate.write(() => {
      const merged = mergeEvent(this.#disk.events.get(copy.id) ?? null, copy, notes);
      this.#refuseTaken(merged);
      const made = notes.map((note) => this.#makeNote(note));
      refuseTwice(
        made.map(([uuid]) => uuid),
        'note',
      );
      for (const [uuid, note] of made) this.#disk.notes.set(uuid, note);
      this.#disk.events.set(merged.id, merged);
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

  setAccess(slug: string, access: Access): Promise<void> {
    return this.#gate.write(() => {
      this.#known(slug).access = access;
    });
  }

  setSettings(slug: string, settings: EventSettings): Promise<void> {
    const copy = structuredClone(settings);
    return this.#gate.write(() => {
      this.#known(slug).settings = copy;
    });
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

  #known(slug: string): EventRecord {
    const event = this.#bySlug(slug);
    if (event === undefined) throw new NotFoundError(`There is no event ${slug}.`);
    return event;
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
    if (events.some((one) => one.prefix === event.prefix && one.id !== event.id))
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
