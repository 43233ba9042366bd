import type { Material } from '#core/event/model.ts';
import { checkMaterial, insertItem, MATERIALS_LIMIT, moveItem } from '#core/event/materials.ts';
import { shownName } from '#core/event/names.ts';
import { withSettledPeople } from '#core/event/settle/people.ts';
import { iso } from '#core/event/times.ts';
import type { NewMaterial, SessionPlace } from '../context.ts';
import { AccessError, InputError, NotFoundError } from '../errors.ts';
import type { Actor } from '../identity/actor.ts';
import { authorize } from '../identity/authorize.ts';
import { StoreError } from '../store/log.ts';
import type { EventRecord, EventTables, SessionRecord } from '../store/tables.ts';
import { RemovedMaterials } from './removed-materials.ts';

export interface MaterialParts {
  tables: EventTables;
  clock: { now(): number };
  newId(): string;
  /** Called after each change that those in the note's room should see. */
  factsChanged(noteId: string): void;
}

/** Others may change the same list at the same time; more often than this in a row is no coincidence. */
const TRIES = 20;

/** The ordered materials of sessions: each change is made to the list as it is stored, or again when somebody was faster. */
export class SessionMaterials {
  readonly #parts: MaterialParts;
  readonly #removed = new RemovedMaterials();

  constructor(parts: MaterialParts) {
    this.#parts = parts;
  }

  async add(actor: Actor, at: SessionPlace, input: NewMaterial): Promise<Material> {
    const checked = checkMaterial(input);
    if (!checked.ok) throw new InputError(checked.field, checked.message);
    const { newId, clock } = this.#parts;
    const added = { id: newId(), ...checked.value, addedAt: iso(clock.now()) };
    return this.#change(actor, at, (before, event) => {
      if (before.length >= MATERIALS_LIMIT)
        throw new InputError('url', `A session holds at most ${MATERIALS_LIMIT} materials.`);
      const material = { ...added, addedBy: shownName(nameOf(actor), withSettledPeople(event).people) };
      return { after: [...before, material], answer: material };
    });
  }

  async remove(actor: Actor, at: SessionPlace, id: string): Promise<{ material: Material; index: number }> {
    const { sessionId, ...removed } = await this.#change(actor, at, (before, _, session) => {
      const index = before.findIndex((one) => one.id === id);
      const material = before[index];
      if (material === undefined) throw new NotFoundError('This material is no longer there.');
      return { after: before.toSpliced(index, 1), answer: { sessionId: session.id, material, index } };
    });
    this.#removed.keep(sessionId, removed.material);
    return removed;
  }

  /** Puts back what was removed here; what the caller says of it beyond its id is not believed. */
  async restore(actor: Actor, at: SessionPlace, id: string, index: number): Promise<void> {
    await this.#change(actor, at, (before, _, session) => {
      if (before.some((one) => one.id === id)) return { after: before, answer: null };
      const material = this.#removed.find(session.id, id);
      if (material === null) throw new NotFoundError('This removal can no longer be undone. Add the material again.');
      return { after: insertItem(before, material, index), answer: null };
    });
  }

  async move(actor: Actor, at: SessionPlace, id: string, toIndex: number): Promise<void> {
    await this.#change(actor, at, (before) => {
      if (!before.some((one) => one.id === id)) throw new NotFoundError('This material is no longer there.');
      return { after: moveItem(before, id, toIndex), answer: null };
    });
  }

  async #change<A>(
    actor: Actor,
    at: SessionPlace,
    edit: (before: Material[], event: EventRecord, session: SessionRecord) => { after: Material[]; answer: A },
  ): Promise<A> {
    for (let tries = 0; tries < TRIES; tries++) {
      const { event, session } = await this.#find(at);
      if (!authorize(actor, 'write', event)) throw new AccessError('You may not change the materials of this event.');
      const { after, answer } = edit(session.materials, event, session);
      if (after === session.materials) return answer;
      const before = session.materials.map((material) => material.id);
      if (!(await this.#parts.tables.setMaterials(session.id, before, after))) continue;
      this.#parts.factsChanged(session.noteId);
      return answer;
    }
    throw new StoreError('busy', 'The materials of this session change too fast. Try again.');
  }

  async #find({
    event: slug,
    session: sessionSlug,
  }: SessionPlace): Promise<{ event: EventRecord; session: SessionRecord }> {
    const event = await this.#parts.tables.get(slug);
    const session = event?.sessions.find((one) => one.slug === sessionSlug);
    if (!event || !session) throw new NotFoundError(`There is no session ${slug}/${sessionSlug}.`);
    return { event, session };
  }
}

function nameOf(actor: Actor): string {
  if (actor.name === null) throw new InputError('name', 'Give your name first, so that others see who added it.');
  return actor.name;
}
