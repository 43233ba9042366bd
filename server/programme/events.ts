import { inAgendaOrder } from '#core/event/agenda.ts';
import type { Event, EventHead, Material } from '#core/event/model.ts';
import { withSettledPeople } from '#core/event/settle/people.ts';
import { iso } from '#core/event/times.ts';
import { SCHEMA_VERSION } from '#core/note/schema.ts';
import { templateUpdate } from '#core/note/template.ts';
import type { EventService, NewMaterial, SessionPlace } from '../context.ts';
import { AccessError, InputError, NotFoundError } from '../errors.ts';
import type { Actor } from '../identity/actor.ts';
import { authorize } from '../identity/authorize.ts';
import type { EventRecord, SessionRecord } from '../store/tables.ts';
import { importProgramme, type ImportOptions, type ImportParts, type ImportSummary } from './import.ts';
import { endOfJoins, joinSessions } from './joins.ts';
import { type MaterialParts, SessionMaterials } from './session-materials.ts';
import { Settling, type SettlingParts } from './settling.ts';
import { talkKeyOf, topicIdOf } from './source-keys.ts';

/** Who imports without being somebody in a browser. */
export const COMMAND_LINE = { actor: 'operator', who: 'Command line' };

export type EventParts = MaterialParts & Pick<SettlingParts, 'setAccess'>;

/** The events of this server, on top of the store: what pages read, and every change that is not text in a note. */
export class Events implements EventService {
  /** What organizers do in the browser. */
  readonly settling: Settling;
  readonly #parts: EventParts;
  readonly #materials: SessionMaterials;
  /** Imports and joins write whole events, so they go one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: EventParts) {
    this.#parts = parts;
    this.#materials = new SessionMaterials(parts);
    this.settling = new Settling({
      ...parts,
      importParts: () => this.#importParts(),
      inTurn: (run) => this.#inTurn(run),
      tellRooms: (slug) => this.#tellRooms(slug),
      asRead: withoutKeys,
    });
  }

  list(): Promise<EventHead[]> {
    return this.#parts.tables.list();
  }

  async get(slug: string): Promise<Event | null> {
    const record = await this.#parts.tables.get(slug);
    return record === null ? null : withSettledPeople(withoutKeys(record));
  }

  /** The import of the command line and of the first start: whoever calls it has the operator's rights. Errors as importProgramme. */
  import(text: string, options: ImportOptions, by = COMMAND_LINE): Promise<ImportSummary> {
    return this.#inTurn(async () => {
      const summary = await importProgramme({ events: this.#parts.tables }, text, options, this.#importParts(), by);
      if (summary.written) await this.#tellRooms(summary.slug);
      return summary;
    });
  }

  addMaterial(actor: Actor, at: SessionPlace, input: NewMaterial): Promise<Material> {
    return this.#materials.add(actor, at, input);
  }

  removeMaterial(actor: Actor, at: SessionPlace, id: string): Promise<{ material: Material; index: number }> {
    return this.#materials.remove(actor, at, id);
  }

  restoreMaterial(actor: Actor, at: SessionPlace, material: Material, index: number): Promise<void> {
    return this.#materials.restore(actor, at, material.id, index);
  }

  moveMaterial(actor: Actor, at: SessionPlace, id: string, toIndex: number): Promise<void> {
    return this.#materials.move(actor, at, id, toIndex);
  }

  joinTopic(actor: Actor, slug: string, talkSlug: string, topicSessionSlug: string): Promise<void> {
    return this.#inTurn(async () => {
      const event = await this.#parts.tables.get(slug);
      if (event === null) throw new NotFoundError(`There is no event ${slug}.`);
      if (!authorize(actor, 'organize', event)) throw new AccessError('Only an organizer may join a talk to a topic.');
      const talk = sessionOf(event, talkSlug);
      const topic = sessionOf(event, topicSessionSlug);
      refuseJoin(event, talk, topic);
      const { id, name } = actor;
      const line = { what: `Session “${topic.title}”`, before: null, after: `its place is taken by “${talk.title}”` };
      const change = { actor: id, who: name ?? COMMAND_LINE.who, ...line };
      await this.#parts.tables.save(joinSessions(event, talk.id, topic.id), [], [change]);
      await this.#tellRooms(slug);
    });
  }

  async #tellRooms(slug: string): Promise<void> {
    const event = await this.#parts.tables.get(slug);
    for (const session of event?.sessions ?? []) this.#parts.factsChanged(session.noteId);
  }

  #importParts(): ImportParts {
    const { newId, clock } = this.#parts;
    const template = templateUpdate();
    return {
      newId,
      now: () => iso(clock.now()),
      newNote: () => ({ noteId: `${newId()}.1`, template, schemaMin: SCHEMA_VERSION }),
    };
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(run, run);
    // The next one starts whatever became of this one; its caller hears of it.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function sessionOf(event: EventRecord, slug: string): SessionRecord {
  const session = event.sessions.find((one) => one.slug === slug);
  if (session === undefined) throw new NotFoundError(`There is no session ${event.slug}/${slug}.`);
  return session;
}

function refuseJoin(event: EventRecord, talk: SessionRecord, topic: SessionRecord): void {
  if (topicIdOf(topic) === null || talkKeyOf(topic) !== null)
    throw new InputError('session', `expected a topic’s own session to give its place away, found “${topic.title}”`);
  if (endOfJoins(talk, event.sessions) === topic.id || talk.id === topic.id)
    throw new InputError('talk', `expected another session than “${topic.title}” to take its place`);
  if (talk.joinedTo !== null)
    throw new InputError('talk', `expected a session with a place of its own, “${talk.title}” gave its away`);
}

/** An event as pages read it: how sources name things is the importer's business. */
export function withoutKeys(record: EventRecord): Event {
  const { sourceKeys: _event, own: _own, sessions, ...event } = record;
  return {
    ...event,
    sessions: inAgendaOrder(sessions, event.topics).map(({ sourceKeys: _session, own: _hand, ...session }) => session),
  };
}
