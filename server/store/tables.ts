import type { Access, Event, EventHead, Material, Session } from '#core/event/model.ts';
import type { EventSettings } from '#core/event/settings.ts';

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
}

/** An event as stored. */
export interface EventRecord extends Omit<Event, 'sessions'> {
  sessions: SessionRecord[];
  /** Keys of the event at its sources, for example `indico:lpc.events:contribution/1410`. */
  sourceKeys: string[];
}

/** The tables beside the log. Same writer as the log; each call is one transaction; nothing is half-written. */
export interface EventTables {
  /** By first day, then slug. */
  list(): Promise<EventHead[]>;
  /** null when there is none of this slug. */
  get(slug: string): Promise<EventRecord | null>;
  /**
   * Writes the whole event: inserts or updates it and its sessions, creates the notes of new sessions. Never touches an
   * existing note, never deletes a session (a session missing from `event` is an error). Throws TakenError when a slug, a
   * prefix, a note or a source key is taken. Of an event that exists, `prefix`, `access` and `settings` stay as
   * they are; see `setAccess`, `setSettings`. Of a session that exists, materials whose id starts with `import:` are replaced at their places and all others stay; see `setMaterials`.
   */
  save(event: EventRecord, newNotes: NewNote[]): Promise<void>;
  /**
   * Replaces the ordered materials of one session, under a compare of `before` (ids in order). False when it changed
   * meanwhile or there is no such session.
   */
  setMaterials(sessionId: string, before: string[], materials: Material[]): Promise<boolean>;
  /** Throws NotFoundError. */
  setAccess(slug: string, access: Access): Promise<void>;
  /** Throws NotFoundError. */
  setSettings(slug: string, settings: EventSettings): Promise<void>;
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
