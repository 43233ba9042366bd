import type { Access, Event, EventHead, Material, Session } from '#core/event/model.ts';

/** A note to be created together with its session: the template is row 1 of its log, in the same transaction. */
export interface NewNote {
  noteId: string;
  template: Uint8Array;
  schemaMin: number;
}

/** What an import keeps about a session besides the session itself: how to recognise it next time. */
export interface SessionRecord extends Session {
  /** Keys of this session at its sources, for example `indico:lpc.events:1419` or `topic:iommu/dev-iommufd-development`. */
  sourceKeys: string[];
  /** Parts that an organizer set by hand (`title`, `start`): no import changes them. */
  own: string[];
}

/** An event as stored. */
export interface EventRecord extends Omit<Event, 'sessions'> {
  sessions: SessionRecord[];
  /** Keys of the event at its sources, for example `indico:lpc.events:contribution/1410`. */
  sourceKeys: string[];
  /** As of a session. */
  own: string[];
}

/** A change of an event, for its log. */
export interface NewChange {
  /** Device id, or the name of a part of the server. */
  actor: string;
  /** The name it went by then. */
  who: string;
  /** What was changed, in words for people. */
  what: string;
  /** null: it was not there. */
  before: string | null;
  after: string | null;
}

export interface LoggedChange extends NewChange {
  /** From 1, by event, without holes. */
  number: number;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The tables beside the log. Same writer as the log; each call is one transaction; nothing is half-written. */
export interface EventTables {
  /** By first day, then slug. */
  list(): Promise<EventHead[]>;
  /** null when there is none of this slug. */
  get(slug: string): Promise<EventRecord | null>;
  /**
   * Writes the whole event: inserts or updates it and its sessions, creates the notes of new sessions, and adds `changes` to its
   * log. Never touches an existing note, never deletes a session (a session missing from `event` is an error). Throws TakenError
   * when a slug, a prefix, a note or a source key is taken. Of an event that exists, `prefix`, `access` and `settings` stay as
   * they are; see `settle`, `setAccess`. Of a session that exists, materials whose id starts with `import:` are replaced at their
   * places and all others stay; see `setMaterials`.
   */
  save(event: EventRecord, newNotes: NewNote[], changes?: NewChange[]): Promise<void>;
  /**
   * As `save`, for an event that exists, and its prefix and settings as they are in `event`. A prefix that outcomes were numbered
   * under stays its own for ever: TakenError for every other event.
   */
  settle(event: EventRecord, newNotes: NewNote[], changes: NewChange[]): Promise<void>;
  /**
   * Replaces the ordered materials of one session, under a compare of `before` (ids in order). False when it changed
   * meanwhile or there is no such session.
   */
  setMaterials(sessionId: string, before: string[], materials: Material[]): Promise<boolean>;
  /** Throws NotFoundError. */
  setAccess(slug: string, access: Access, changes?: NewChange[]): Promise<void>;
  /** The log of an event, newest first: at most `count` of those with a number below `below`. Nothing changes it but additions. */
  changes(slug: string, below: number, count: number): Promise<LoggedChange[]>;
  /** Prefixes that are taken: of events, and those that outcomes were once numbered under. */
  prefixes(): Promise<{ prefix: string; eventId: string }[]>;
  /** The session a note belongs to, in whatever epoch, with the event's slug and access; null when unknown. */
  ofNote(noteId: string): Promise<{ eventSlug: string; sessionSlug: string; sessionId: string; access: Access } | null>;
}

/** A name that is given out once was asked for again. */
export class TakenError extends Error {
  readonly kind = 'taken';
  readonly what: 'slug' | 'prefix' | 'note' | 'source-key' | 'id';
  constructor(what: TakenError['what'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.what = what;
  }
}

export interface Device {
  /** Derived from the cookie's secret by SHA-256; the secret itself is never stored. */
  id: string;
  name: string | null;
  organizer: boolean;
}

export interface DeviceTables {
  get(id: string): Promise<Device | null>;
  /** Creates the device when it is new. */
  setName(id: string, name: string): Promise<void>;
  /** Stores the hash of a one-time link, replacing unused ones. */
  mintOrganizerLink(sha256: string): Promise<void>;
  /** Uses the link up and makes the device organizer, in one transaction. False when the link is unknown or used. */
  redeemOrganizerLink(sha256: string, deviceId: string): Promise<boolean>;
}
