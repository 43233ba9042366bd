import type { Access, Event } from '#core/event/model.ts';
import { mintPrefix } from '#core/event/prefix.ts';
import { NO_SETTINGS } from '#core/event/settings.ts';
import type { RefusedField, Texts } from '#core/event/settle/form.ts';
import { EVENT_FORM } from '#core/event/settle/forms.ts';
import type { ImportPreview, NewImport, Settled, SettingsChange, SettingsService } from '../context.ts';
import { AccessError, InputError, NotFoundError } from '../errors.ts';
import type { Actor } from '../identity/actor.ts';
import { authorize } from '../identity/authorize.ts';
import type { EventRecord, EventTables, LoggedChange, NewChange } from '../store/tables.ts';
import { importLogged, planImport } from './import.ts';
import { mintEventSlug } from './merge.ts';
import type { ImportParts } from './merge-sessions.ts';
import { Previews } from './previews.ts';
import { daysRefused, makeChange } from './settle-event.ts';
import { withOwn } from './own.ts';

export interface SettlingParts {
  tables: EventTables;
  clock: { now(): number };
  importParts(): ImportParts;
  /** One after the other with imports and joins, for all of them write whole events. */
  inTurn<T>(run: () => Promise<T>): Promise<T>;
  /** Called after a change that those in the event's rooms should see. */
  tellRooms(slug: string): Promise<void>;
  asRead(record: EventRecord): Event;
  /** Writes who may enter, and turns out who may no longer. */
  setAccess(slug: string, access: Access, changes: NewChange[]): Promise<void>;
}

const PAGE = 50;

/** What organizers do to an event in the browser. Every change is logged in the transaction that writes it. */
export class Settling implements SettingsService {
  readonly #parts: SettlingParts;
  readonly #previews: Previews;

  constructor(parts: SettlingParts) {
    this.#parts = parts;
    this.#previews = new Previews(() => parts.clock.now());
  }

  async event(actor: Actor, slug: string): Promise<Event> {
    return this.#parts.asRead(await this.#record(actor, slug));
  }

  async log(actor: Actor, slug: string, below: number): Promise<LoggedChange[]> {
    await this.#record(actor, slug);
    return this.#parts.tables.changes(slug, below, PAGE);
  }

  change(actor: Actor, slug: string, change: SettingsChange): Promise<Settled> {
    return this.#parts.inTurn(async () => {
      const event = await this.#record(actor, slug);
      const made = makeChange(event, change, this.#parts.importParts());
      if (!made.ok) return made;
      const taken = await this.#prefixRefused(made.event.prefix, event.id);
      if (taken !== null) return taken;
      if (made.changes.length === 0) return { ok: true, slug };
      await this.#parts.tables.settle(made.event, made.newNotes, by(actor, made.changes));
      await this.#parts.tellRooms(slug);
      return { ok: true, slug };
    });
  }

  setAccess(actor: Actor, slug: string, access: Access, seen: string): Promise<Settled> {
    return this.#parts.inTurn(async () => {
      const event = await this.#record(actor, slug);
      if (event.access === access) return { ok: true, slug };
      if (event.access !== seen)
        return refusals({
          field: 'access',
          message: `Access became “${event.access}” meanwhile. Save again to put yours in its place.`,
          now: event.access,
        });
      const line = { what: 'Access', before: event.access, after: access };
      await this.#parts.setAccess(slug, access, by(actor, [line]));
      return { ok: true, slug };
    });
  }

  create(actor: Actor, typed: Texts): Promise<Settled> {
    return this.#parts.inTurn(async () => {
      this.#onlyOrganizers(actor);
      const prefixes = new Set((await this.#parts.tables.prefixes()).map(({ prefix }) => prefix));
      const read = readNew(typed, prefixes);
      if (!Array.isArray(read)) {
        const slugs = new Set((await this.#parts.tables.list()).map((one) => one.slug));
        const slug = mintEventSlug(read.title, read.start, (taken) => slugs.has(taken));
        const event = withOwn({ ...read, id: this.#parts.importParts().newId(), slug }, ['title', 'days', 'zone']);
        const line = { what: 'Event', before: null, after: 'made by hand' };
        await this.#parts.tables.save(event, [], by(actor, [line]));
        return { ok: true, slug };
      }
      return refusals(...read);
    });
  }

  async preview(actor: Actor, { text, event, session }: NewImport): Promise<ImportPreview> {
    if (event === null) this.#onlyOrganizers(actor);
    else await this.#record(actor, event);
    const options = { event: event ?? undefined, session: session ?? undefined };
    const { summary } = await planImport(this.#store(), text, options, this.#parts.importParts());
    const id = this.#parts.importParts().newId();
    this.#previews.keep(id, { actor: actor.id, text, options, summary });
    return { id, summary };
  }

  import(actor: Actor, id: string): Promise<{ slug: string } | { preview: ImportPreview }> {
    return this.#parts.inTurn(async () => {
      this.#onlyOrganizers(actor);
      const kept = this.#previews.find(id, actor.id);
      if (kept === null) throw new InputError('text', 'This preview is too old. Choose the file again.');
      const { text, options } = kept;
      const { event, newNotes, summary } = await planImport(this.#store(), text, options, this.#parts.importParts());
      if (JSON.stringify(summary) !== JSON.stringify(kept.summary)) {
        this.#previews.keep(id, { ...kept, summary });
        return { preview: { id, summary } };
      }
      const [line] = by(actor, [importLogged(summary)]);
      if (summary.written && line) await this.#parts.tables.save(event, newNotes, [line]);
      this.#previews.drop(id);
      await this.#parts.tellRooms(event.slug);
      return { slug: event.slug };
    });
  }

  #store(): { events: EventTables } {
    return { events: this.#parts.tables };
  }

  #onlyOrganizers(actor: Actor): void {
    // An event that is not there yet is open to nobody else.
    if (!authorize(actor, 'organize', { access: 'closed' }))
      throw new AccessError('Only an organizer may make events.');
  }

  async #record(actor: Actor, slug: string): Promise<EventRecord> {
    const event = await this.#parts.tables.get(slug);
    if (event === null) throw new NotFoundError(`There is no event “${slug}”.`);
    if (!authorize(actor, 'organize', event)) throw new AccessError('Only an organizer may change this event.');
    return event;
  }

  async #prefixRefused(prefix: string, eventId: string): Promise<Settled | null> {
    const taken = (await this.#parts.tables.prefixes()).some((one) => one.prefix === prefix && one.eventId !== eventId);
    return taken ? refusals(prefixTaken(prefix)) : null;
  }
}

function by(actor: Actor, changes: readonly Omit<NewChange, 'actor' | 'who'>[]): NewChange[] {
  return changes.map((change) => ({ actor: actor.id, who: actor.name ?? 'An organizer without a name', ...change }));
}

function refusals(...refused: RefusedField[]): Settled {
  return { ok: false, refused };
}

function prefixTaken(prefix: string): RefusedField {
  return { field: 'prefix', message: `${prefix} is another event’s, or was. Choose another.`, now: null };
}

/** The event as it was typed, without id and slug; or what is wrong with it. One day long and with a prefix of its title by default. */
function readNew(typed: Texts, prefixes: ReadonlySet<string>): Omit<EventRecord, 'id' | 'slug'> | RefusedField[] {
  const blank: EventRecord = {
    ...{
      id: '',
      slug: '',
      prefix: '',
      title: '',
      start: '',
      end: '',
      zone: '',
      conference: null,
      venue: null,
      url: null,
    },
    ...{ access: 'loopback', description: [], topics: [], people: [], sessions: [], breaks: [], settings: NO_SETTINGS },
    ...{ sourceKeys: [], own: [] },
  };
  const refused: RefusedField[] = [];
  let event = blank;
  for (const { name, check } of EVENT_FORM) {
    const text = typed[name] ?? '';
    // Left empty, the last day is the first, and what is wrong with that is said there.
    if (text.trim() === '' && (name === 'prefix' || name === 'end')) continue;
    const checked = check(text, event);
    if (checked.ok) event = checked.value(event);
    else refused.push({ field: name, message: checked.message, now: null });
  }
  if (event.end === '') event = { ...event, end: event.start };
  const days = refused.length > 0 ? null : daysRefused(event);
  if (days !== null) refused.push({ ...days, now: null });
  if (event.prefix !== '' && prefixes.has(event.prefix)) refused.push(prefixTaken(event.prefix));
  if (refused.length > 0) return refused;
  const { id: _id, slug: _slug, ...made } = event;
  return { ...made, prefix: made.prefix || mintPrefix(made.title, made.start, (one) => prefixes.has(one)) };
}
