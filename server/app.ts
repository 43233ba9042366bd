import { join } from 'node:path';
import type { Access, Person } from '#core/event/model.ts';
import { shownName } from '#core/event/names.ts';
import { withSettledPeople } from '#core/event/settle/people.ts';
import { randomName } from '#core/identity/random-name.ts';
import { createAdmission } from './admission.ts';
import type { Admit } from './admission.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { IdentityService, Services } from './context.ts';
import { createConverter } from './files/converter.ts';
import { openImageFolder } from './files/image-folder.ts';
import { Images } from './files/images.ts';
import { authorize } from './identity/authorize.ts';
import { Identity } from './identity/identity.ts';
import type { Log } from './log.ts';
import { renderMetrics } from './metrics.ts';
import type { ProcessFacts } from './metrics.ts';
import { createNotes } from './notes.ts';
import { outcomeChanges } from './outcomes/changes.ts';
import { LiveOutcomes } from './outcomes/live.ts';
import { OutcomeNumbers } from './outcomes/numbers.ts';
import { Outcomes } from './outcomes/outcomes.ts';
import { COMMAND_LINE, Events } from './programme/events.ts';
import { Rates, WRITE_LIMITS } from './rates.ts';
import type { Store } from './store/store.ts';
import type { NewChange } from './store/tables.ts';
import { LIMITS, LIMITS_OFF } from './sync/limits.ts';
import type { Limits } from './sync/limits.ts';
import { Rooms } from './sync/rooms.ts';

/** Everything an app does not make itself: main.ts, `vite dev` and tests differ only in these. */
export interface AppParts {
  config: Config;
  store: Store;
  clock: Clock;
  random: (bytes: number) => Uint8Array;
  newId: () => string;
  log: Log;
  process: () => ProcessFacts;
  /** Told when the sync engine comes under load, and when the load has gone. */
  onLoad?: (busy: boolean) => void;
}

/** A running Plumbline without its sockets. Any number may live in one process, each on its own store. */
export interface App {
  services: Services;
  /** What LIMITS says, for the sockets too. */
  limits: Limits;
  rooms: Rooms;
  admit: Admit;
  events: Events;
  identity: Identity;
  outcomes: Outcomes;
  /** 128 bits that nobody can guess. */
  newSecret(): string;
  /** Whoever may no longer be in the event's rooms is turned out. Throws NotFoundError. */
  setAccess(event: string, access: Access): Promise<void>;
  /** SIGTERM: not ready from now on; everything committed and acked, peers told to come again. */
  drain(): Promise<void>;
  /** Lets go of rooms and store. */
  close(): Promise<void>;
}

export function createApp(parts: AppParts): App {
  const { config, store, clock, log } = parts;
  const limits = config.limits ? LIMITS : LIMITS_OFF;
  const rooms = new Rooms({
    log: store.log,
    clock,
    limits,
    report: (error) => log.error({ err: error, where: 'room' }, 'unexpected'),
    onOutcomes(noteId) {
      outcomes.mayHave(noteId);
      numbers.touched(noteId);
    },
    onCommit(noteId) {
      if (outcomes.changed(noteId)) live.changed(noteId);
    },
    onLoad: (busy) => parts.onLoad?.(busy),
  });
  const numbers = new OutcomeNumbers({
    rooms,
    tables: store.outcomes,
    clock,
    newId: () => randomName(parts.random),
    report: (error) => log.error({ err: error, where: 'outcome numbers' }, 'unexpected'),
  });
  const notes = createNotes(rooms);
  const outcomes = new Outcomes({
    tables: store.outcomes,
    events: store.events,
    notes,
    rooms,
    clock,
    report: (error) => log.error({ err: error, where: 'outcome index' }, 'unexpected'),
  });
  const identity = new Identity(store.devices, parts.random);
  const events: Events = new Events({
    tables: store.events,
    clock,
    newId: parts.newId,
    factsChanged: (id) => rooms.factsChanged(id),
    setAccess: (slug, access, changes) => setAccess({ store, rooms, live }, slug, access, changes),
  });
  const live: LiveOutcomes = new LiveOutcomes({
    outcomes,
    events,
    clock,
    run: parts.newId(),
    report: (error) => log.error({ err: error, where: 'open boards' }, 'unexpected'),
  });
  const stopOutcomes = (): void => {
    numbers.stop();
    outcomes.stop();
    live.stop();
  };
  const writes = new Rates(WRITE_LIMITS, 'changes');
  let draining = false;
  const ready = (): boolean => !draining;
  const services: Services = {
    config,
    events,
    settings: events.settling,
    notes,
    images: new Images({
      events: store.events,
      folder: openImageFolder(join(config.dataDir, 'files')),
      convert: createConverter(),
      clock,
      random: parts.random,
    }),
    outcomes: {
      place: (short) => outcomes.place(short),
      ofEvent: (slug) => outcomes.ofEvent(slug),
      ...outcomeChanges({ events: store.events, rooms }),
      news: (slug, at) => live.news(slug, at),
      watch: (slug, at) => live.watch(slug, at),
    },
    identity: announcing(identity, { rooms, store, log }),
    authorize,
    admitWrite(actor) {
      if (config.limits) writes.take(actor.id, clock.elapsed());
    },
    report(error, where) {
      const id = Buffer.from(parts.random(6)).toString('base64url');
      log.error({ err: error, where, id }, 'unexpected');
      return id;
    },
    ready,
    metrics: () => renderMetrics(rooms.stats(), parts.process(), ready()),
  };
  return {
    services,
    limits,
    rooms,
    events,
    identity,
    outcomes,
    newSecret: () => randomName(parts.random),
    async setAccess(slug, access) {
      const before = (await store.events.get(slug))?.access ?? null;
      const line = { ...COMMAND_LINE, what: 'Access', before, after: access };
      await setAccess({ store, rooms, live }, slug, access, before === access ? [] : [line]);
    },
    admit: createAdmission({ config, identity, store, ready }),
    async drain() {
      draining = true;
      stopOutcomes();
      await rooms.drain();
    },
    async close() {
      draining = true;
      stopOutcomes();
      rooms.close();
      await store.close();
    },
  };
}

async function setAccess(
  { store, rooms, live }: { store: Store; rooms: Rooms; live: LiveOutcomes },
  slug: string,
  access: Access,
  changes: NewChange[],
): Promise<void> {
  await store.events.setAccess(slug, access, changes);
  const event = await store.events.get(slug);
  for (const { noteId } of event?.sessions ?? [])
    rooms.turnOut(
      noteId,
      ({ actor, canWrite }) =>
        authorize(actor, 'read', { access }) && (!canWrite || authorize(actor, 'write', { access })),
    );
  live.end(slug);
}

/** A new name is seen at once by those who are in a room with its bearer; a new organizer is logged. */
function announcing(
  identity: Identity,
  { rooms, store, log }: { rooms: Rooms; store: Store; log: Log },
): IdentityService {
  return {
    newDeviceSecret: () => identity.newDeviceSecret(),
    actorOf: (request) => identity.actorOf(request),
    async redeemOrganizerLink(actor, token) {
      const redeemed = await identity.redeemOrganizerLink(actor, token);
      if (redeemed) log.info({ device: actor.id }, 'this device used the organizer link and is organizer now');
      return redeemed;
    },
    async setName(actor, name) {
      await identity.setName(actor, name);
      const kept = (await store.devices.get(actor.id))?.name;
      if (kept == null) return;
      const people = await peopleByNote(store);
      rooms.renamed(actor.id, (noteId) => shownName(kept, people.get(noteId) ?? []));
    },
  };
}

async function peopleByNote(store: Store): Promise<Map<string, Person[]>> {
  const found = new Map<string, Person[]>();
  for (const { slug } of await store.events.list()) {
    const event = await store.events.get(slug);
    const people = event ? withSettledPeople(event).people : [];
    for (const { noteId } of event?.sessions ?? []) found.set(noteId, people);
  }
  return found;
}
