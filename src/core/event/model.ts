import type { EventSettings } from './settings.ts';

/**
 * The event, its sessions and what belongs to them. Times are ISO 8601 instants in UTC (`2023-11-15T15:00:00Z`), dates are
 * calendar days (`2023-11-13`) in the event's zone, lengths are whole minutes.
 */

/** Who may write. `loopback` means open to all while the server is only reachable from its own machine, else closed. */
export type Access = 'loopback' | 'open' | 'invite' | 'closed';

export interface Person {
  name: string;
  /** As the source says it; null when it says nothing. */
  affiliation: string | null;
}

/** A person of the event; `roles` in the order organizer, key attendee, speaker. */
export interface EventPerson extends Person {
  roles: PersonRole[];
}
export type PersonRole = 'key attendee' | 'organizer' | 'speaker';

export type MaterialKind = 'slides' | 'recording' | 'patches' | 'link';

/** Something linked to a session. Only `https:` addresses (`http:` too when an import brought it). */
export interface Material {
  id: string;
  kind: MaterialKind;
  title: string;
  url: string;
  /** Display name of who added it; for imported material the source, for example `lpc.events`. */
  addedBy: string;
  addedAt: string;
}

/** A subject in the event's topic tree. */
export interface Topic {
  /** Path of slugs, for example `iommu/dev-iommufd-development`. Minted once. */
  id: string;
  title: string;
  children: Topic[];
  /** What the source visibly lost here, for example `list missing in source`; null when nothing is missing. */
  gap: string | null;
}

export interface Session {
  id: string;
  slug: string;
  /** Opaque; contains the epoch of the note (`<uuid>.<epoch>`). */
  noteId: string;
  title: string;
  /** Ids of the topics this session belongs to. */
  topics: string[];
  /** null while not scheduled. */
  start: string | null;
  minutes: number | null;
  room: string | null;
  people: Person[];
  materials: Material[];
  /** Address of the session's page at its source, when known. */
  url: string | null;
  /** True when a later import of the same source no longer had it; it is kept and marked, never deleted. */
  gone: boolean;
  /** Id of the session that took this one's place (a talk that took over a topic's session), else null. Its note stays. */
  joinedTo: string | null;
}

/** A break of the programme (only some sources have them). */
export interface Break {
  title: string;
  start: string;
  minutes: number;
}

export interface EventHead {
  slug: string;
  title: string;
  /** First and last day, in `zone`. */
  start: string;
  end: string;
  /** IANA name, for example `America/New_York`. */
  zone: string;
}

export interface Event extends EventHead {
  id: string;
  /** What the short ids of its outcomes begin with, unique on the server (`PCI23`). */
  prefix: string;
  /** The conference it is part of, for example `Linux Plumbers Conference 2023`; null when the sources do not say. */
  conference: string | null;
  venue: string | null;
  /** Address of the event's page at its source. */
  url: string | null;
  access: Access;
  /** Paragraphs of the proposal; a paragraph whose list the source lost is followed by an entry with `gap`. */
  description: DescriptionPart[];
  topics: Topic[];
  people: EventPerson[];
  sessions: Session[];
  breaks: Break[];
  settings: EventSettings;
}

export type DescriptionPart = { kind: 'text'; text: string } | { kind: 'gap'; text: string };
