import type { Break, DescriptionPart, Material, Person } from '#core/event/model.ts';

/** What an import file is, found from its content. */
export type Shape = 'page-text' | 'indico-contributions' | 'indico-sessions' | 'indico-timetable';

/** One microconference as one source tells it. What the source says nothing about is null and never erases anything. */
export interface Programme {
  shape: Shape;
  /** Keys under which this source knows the event, see EventRecord.sourceKeys. */
  keys: string[];
  title: string | null;
  zone: string;
  /** False when `zone` is only the one the times are written in; then it serves a new event and changes no other. */
  saysZone: boolean;
  /** First and last day in `zone`. */
  start: string;
  end: string;
  conference: string | null;
  venue: string | null;
  url: string | null;
  proposal: Proposal | null;
  organizers: Person[] | null;
  talks: Talk[];
  /** Which list of its server `talks` is: the folded title of the session, empty for a whole conference. */
  within: string;
  /** What it means when a talk of the same list is not in `talks`. */
  missingTalk: 'nothing' | 'gone' | 'gone if scheduled';
  breaks: Break[] | null;
}

/** The microconference's own contribution: what it is about. */
export interface Proposal {
  /** Address of its page. */
  url: string | null;
  minutes: number | null;
  description: DescriptionPart[];
  topics: TopicDraft[];
  keyAttendees: Person[] | null;
}

/** A topic before ids are minted. */
export interface TopicDraft {
  title: string;
  children: TopicDraft[];
  gap: string | null;
}

export interface Talk {
  /** `indico:<host>:<number>` */
  key: string;
  /** Its number at the source. */
  number: string;
  title: string;
  start: string | null;
  minutes: number | null;
  room: string | null;
  people: Person[];
  url: string | null;
  materials: ImportedMaterial[];
}

/** `addedAt` is null when the source does not say when. */
export type ImportedMaterial = Omit<Material, 'addedAt'> & { addedAt: string | null };

/** A whole conference as Indico exports it, before one microconference is taken out. */
export interface Conference {
  shape: Exclude<Shape, 'page-text'>;
  host: string;
  /** Indico's number of the event. */
  number: string | null;
  title: string | null;
  zone: string;
  saysZone: boolean;
  start: string;
  end: string;
  venue: string | null;
  url: string | null;
  chairs: Person[] | null;
  /** The sessions of the conference: a microconference is one of them. */
  choices: Choice[];
  /** Contributions outside any session. */
  loose: Contribution[];
  /** Breaks outside any session; null when the shape never has breaks. */
  breaks: Break[] | null;
}

export interface Choice {
  /** Indico's number of the session; null when the shape gives titles only. */
  number: string | null;
  title: string;
  url: string | null;
  conveners: Person[] | null;
  contributions: Contribution[];
  breaks: Break[] | null;
}

export interface Contribution extends Talk {
  /** Untrusted HTML. */
  description: string;
  /** Where it stands in the file, for messages. */
  place: string;
}

/** Equal for titles that differ in case and white space alone. */
export function foldTitle(title: string): string {
  return title.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
