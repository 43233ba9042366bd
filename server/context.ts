import type { Access, Event, EventHead, Material, MaterialKind } from '#core/event/model.ts';
import type { RefusedField, Texts } from '#core/event/settle/form.ts';
import type { NoteJson } from '#core/note/json.ts';
import type { FactChange } from '#core/outcomes/change-fact.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import type { Here } from '#core/wire/messages.ts';
import type { Config } from './config.ts';
import type { Actor } from './identity/actor.ts';
import type { Action, Target } from './identity/authorize.ts';
import type { ImportSummary } from './programme/summary.ts';
import type { LoggedChange } from './store/tables.ts';

/**
 * What the pages may ask of the running server. SvelteKit's bundle carries its own copy of every module it imports, so live
 * objects reach it only through this one typed hand-over: started first, put on `globalThis`, then the handler is imported.
 */
export interface Services {
  config: Config;
  events: EventService;
  settings: SettingsService;
  notes: NoteService;
  images: ImageService;
  outcomes: OutcomeService;
  identity: IdentityService;
  /** The one access decision (identity/authorize.ts). */
  authorize(actor: Actor, action: Action, target: Target): boolean;
  /** Counts a change by page or API; throws RefusedError 429 when there are too many of this device, or of all. */
  admitWrite(actor: Actor): void;
  /** Logs a bug or a fault of the world; returns a short id to show, by which the operator finds the log line. */
  report(error: unknown, where: string): string;
  /** True while the store answers and the server is not draining. */
  ready(): boolean;
  /** Prometheus text, format 0.0.4. */
  metrics(): string;
}

/** Errors thrown here carry a `kind`: InputError `input` with the field, AccessError `access`, StoreError (see store/log.ts). */
export interface EventService {
  list(): Promise<EventHead[]>;
  get(slug: string): Promise<Event | null>;
  addMaterial(actor: Actor, at: SessionPlace, input: NewMaterial): Promise<Material>;
  /** Removes it and says where it stood, so that undo can put the same material back. */
  removeMaterial(actor: Actor, at: SessionPlace, id: string): Promise<{ material: Material; index: number }>;
  restoreMaterial(actor: Actor, at: SessionPlace, material: Material, index: number): Promise<void>;
  moveMaterial(actor: Actor, at: SessionPlace, id: string, toIndex: number): Promise<void>;
  /** A talk takes the place of a topic's session; both notes stay. Organizer only. */
  joinTopic(actor: Actor, event: string, talkSlug: string, topicSessionSlug: string): Promise<void>;
}

/**
 * What organizers settle. Every call asks whether the actor may; errors as EventService. What was typed wrong, or was changed by
 * somebody else since it was shown, is an answer and no error: nothing of it was written.
 */
export interface SettingsService {
  /** The event as forms show it: people as imports say them, what is settled for them in `settings`. */
  event(actor: Actor, slug: string): Promise<Event>;
  change(actor: Actor, slug: string, change: SettingsChange): Promise<Settled>;
  /** `seen`: what it was when the form was shown. */
  setAccess(actor: Actor, slug: string, access: Access, seen: string): Promise<Settled>;
  /** A new event by hand: `title`, `start`, `end`, `zone`, `prefix`, of which the last may be empty. */
  create(actor: Actor, typed: Texts): Promise<Settled>;
  /** What an import would do; nothing is written. InputError as the command line's import. */
  preview(actor: Actor, input: NewImport): Promise<ImportPreview>;
  /** Writes what was looked at; when the event changed meanwhile, what it would do now instead. InputError `text` when it is too old. */
  import(actor: Actor, previewId: string): Promise<{ slug: string } | { preview: ImportPreview }>;
  /** The changes of an event with numbers below `below`, newest first, one page of them. */
  log(actor: Actor, slug: string, below: number): Promise<LoggedChange[]>;
}

/** `typed` and `seen` are fields by name, as core/event/settle/forms.ts makes them; what is missing in `typed` stays. */
export type SettingsChange =
  | { kind: 'event' | 'publishing' | 'topics'; typed: Texts; seen: Texts }
  | { kind: 'session'; session: string; typed: Texts; seen: Texts }
  | { kind: 'person'; person: string; typed: Texts; seen: Texts }
  | { kind: 'add-topic' | 'add-session' | 'add-person'; typed: Texts }
  | { kind: 'move-topic'; topic: string; by: -1 | 1 }
  | { kind: 'remove-topic'; topic: string }
  | { kind: 'remove-person'; person: string };

export type Settled = { ok: true; slug: string } | { ok: false; refused: RefusedField[] };

export interface NewImport {
  text: string;
  /** Slug of the event to import into; null: recognised, or a new one. */
  event: string | null;
  /** Number or exact title of the session of a conference that is the microconference. */
  session: string | null;
}

export interface ImportPreview {
  id: string;
  summary: ImportSummary;
}

export interface SessionPlace {
  event: string;
  session: string;
}

export interface NewMaterial {
  kind: MaterialKind;
  title: string;
  url: string;
}

export interface NoteService {
  /** The committed text of a note, from the live room when there is one. null when unknown. */
  read(noteId: string): Promise<NoteReading | null>;
  /** Who is in the room now; count 0 when it is not open. */
  here(noteId: string): Here;
}

export interface NoteReading {
  note: NoteJson;
  /** True when nobody has written: the note equals its template. */
  empty: boolean;
  /** Log sequence number this reading is made from. */
  seq: number;
}

/** What was marked in notes. */
export interface OutcomeService {
  /** Where a short id leads; null when no outcome of this server has it. Capital letters alone are found. */
  place(short: string): Promise<(SessionPlace & { short: string }) | null>;
  /** The outcomes of an event as its notes say them now, by session, each in the order of its note. Empty when there is no such event. */
  ofEvent(slug: string): Promise<SessionOutcomes[]>;
  /**
   * Changes one fact of an outcome in its note, as an edit by this actor. Throws NotFoundError, AccessError, InputError on the
   * fact, and RefusedError 409 when somebody else changed it since it was seen.
   */
  change(actor: Actor, at: SessionPlace, change: FactChange): Promise<void>;
  /** What is new since an answer before, by its `at`; everything when that is null or of another run of the server. */
  news(slug: string, at: string | null): Promise<OutcomeNews>;
  /** The same as a stream of server-sent events that goes on with every change. Throws RefusedError when too many are open. */
  watch(slug: string, at: string | null): Promise<ReadableStream<Uint8Array>>;
}

export interface SessionOutcomes {
  sessionId: string;
  outcomes: Outcome[];
}

/** Outcomes of the sessions named, all of each. */
export interface OutcomeNews {
  /** To ask with for what comes after. */
  at: string;
  /** True when the event itself changed since: its sessions, topics or people. */
  programme: boolean;
  sessions: { session: string; outcomes: Outcome[] }[];
}

/** The images of notes. Errors as EventService, and RefusedError `refused` with an HTTP status. */
export interface ImageService {
  /** Takes in an upload and makes it anew; returns the name that a note refers to it by. */
  add(actor: Actor, at: SessionPlace, upload: ImageUpload): Promise<{ file: string }>;
  /** What an image's name refers to. null when there is none. */
  read(actor: Actor, file: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | null>;
}

export interface ImageUpload {
  /** Content type as declared. */
  type: string;
  /** Read once and not to its end when the upload is refused. */
  body: AsyncIterable<Uint8Array> | null;
}

export interface IdentityService {
  /** A fresh secret for the device cookie. */
  newDeviceSecret(): string;
  /** Who asks, from the device cookie. A new device gets an actor without a name; nothing is stored until it has one. */
  actorOf(request: RequestFacts): Promise<Actor>;
  /** Throws InputError `input` on field `name`. */
  setName(actor: Actor, name: string): Promise<void>;
  /** False when the link is unknown or used. */
  redeemOrganizerLink(actor: Actor, token: string): Promise<boolean>;
}

/** The parts of an HTTP request or upgrade that identity needs. */
export interface RequestFacts {
  /** The secret of the device cookie; null when there is none. */
  deviceSecret: string | null;
  /** True when the server is bound to loopback, ORIGIN is unset or loopback and no forwarding header was seen. */
  loopback: boolean;
}

const KEY = Symbol.for('plumbline.services');

export function provideServices(services: Services): void {
  Reflect.set(globalThis, KEY, services);
}

/** Throws when the server was not started first: our bug. */
export function useServices(): Services {
  const services: unknown = Reflect.get(globalThis, KEY);
  if (!services)
    throw new Error('Services are not started. server/main.ts must provide them before the handler is imported.');
  return services as Services;
}
