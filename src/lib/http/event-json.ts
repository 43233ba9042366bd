import type { Event, EventHead, Material, Person, Session } from '#core/event/model.ts';
import { pathTitle } from '#core/event/topics.ts';

/**
 * The public JSON of events: scripts rely on it, so every field is named here and nothing of the model is passed through
 * unseen. Times are ISO 8601 in UTC, lengths whole minutes, dates calendar days in `zone`.
 */
export interface SessionJson extends SessionFacts {
  id: string;
  slug: string;
  noteId: string;
}

/** What a room shows about its session, and what may change while people are in it. */
export interface SessionFacts {
  title: string;
  /** Paths of titles, for example `IOMMU > /dev/iommufd development`. */
  topics: string[];
  start: string | null;
  minutes: number | null;
  people: Person[];
  materials: Material[];
}

export interface EventJson extends EventHead {
  /** What the short ids of the event's outcomes begin with. */
  prefix: string;
  sessions: SessionJson[];
}

export function headJson({ slug, title, start, end, zone }: EventHead): EventHead {
  return { slug, title, start, end, zone };
}

export function eventJson(event: Event): EventJson {
  return {
    ...headJson(event),
    prefix: event.prefix,
    sessions: event.sessions.map((session) => ({
      id: session.id,
      slug: session.slug,
      noteId: session.noteId,
      ...sessionFacts(event, session),
    })),
  };
}

export function sessionFacts(event: Event, session: Session): SessionFacts {
  const { title, start, minutes, people, materials } = session;
  const topics = session.topics.map((id) => pathTitle(event.topics, id) ?? id);
  return { title, topics, start, minutes, people, materials };
}
