import type { Break, Event, Session, Topic } from './model.ts';
import { addDays, addMinutes, instantOf, wallTimeOf } from './times.ts';
import { topicPath, walkTopics } from './topics.ts';

/** What stands on the agenda of a day. */
export type AgendaItem<S extends Session = Session> =
  { kind: 'session'; start: string; session: S } | { kind: 'break'; start: string; pause: Break };

export interface AgendaDay<S extends Session = Session> {
  /** In the zone asked for. */
  date: string;
  items: AgendaItem<S>[];
}

export type Phase = 'past' | 'now' | 'next' | 'later' | 'unscheduled';

// One locale for everybody: the order is part of the agenda, not of the reader's taste.
const collator = new Intl.Collator('en', { numeric: true });
const compare = (one: string, other: string) =>
  collator.compare(one, other) || (one < other ? -1 : Number(one > other));

/** By start, room, title; those without a start follow, by topic tree, then title. A new list. */
export function inAgendaOrder<S extends Session>(sessions: readonly S[], topics: readonly Topic[]): S[] {
  const place = new Map([...walkTopics(topics)].map(({ topic }, index) => [topic.id, index]));
  const placeOf = (session: Session) => Math.min(Infinity, ...session.topics.map((id) => place.get(id) ?? Infinity));
  return sessions.toSorted((one, other) => {
    if (one.start === null || other.start === null) {
      if (one.start !== null) return -1;
      if (other.start !== null) return 1;
      return (
        ascending(placeOf(one), placeOf(other)) || compare(one.title, other.title) || compare(one.slug, other.slug)
      );
    }
    return (
      compare(one.start, other.start) ||
      compare(one.room ?? '', other.room ?? '') ||
      compare(one.title, other.title) ||
      compare(one.slug, other.slug)
    );
  });
}

function ascending(one: number, other: number): number {
  return one < other ? -1 : Number(one > other);
}

/** The sessions that have a place of their own: one that a talk took over is reached through that talk. */
export function listed<S extends Session>(sessions: readonly S[]): S[] {
  return sessions.filter((session) => session.joinedTo === null);
}

/** Scheduled sessions and breaks by day, days and items in order. Sessions without a start are not here. */
export function agendaDays<S extends Session>(
  event: Pick<Event, 'topics' | 'breaks'> & { sessions: readonly S[] },
  zone: string,
): AgendaDay<S>[] {
  const items: AgendaItem<S>[] = event.breaks.map((pause) => ({ kind: 'break', start: pause.start, pause }));
  for (const session of inAgendaOrder(listed(event.sessions), event.topics))
    if (session.start !== null) items.push({ kind: 'session', start: session.start, session });
  const days = Map.groupBy(
    items.toSorted((one, other) => compare(one.start, other.start)),
    (item) => wallTimeOf(item.start, zone).date,
  );
  return [...days].map(([date, onDay]) => ({ date, items: onDay }));
}

/** Sessions without a start, in order. */
export function unscheduled<S extends Session>(event: Pick<Event, 'topics'> & { sessions: readonly S[] }): S[] {
  return inAgendaOrder(listed(event.sessions), event.topics).filter((session) => session.start === null);
}

/**
 * Where each session of the event stands at an instant, by session id. `next` are those of the earliest start to come. A
 * session of unknown length goes on until the next start in its room, the last one until the day ends in the event's zone.
 */
export function phasesAt(event: Event, instant: string): Map<string, Phase> {
  const onAgenda = listed(event.sessions).filter((session) => !session.gone);
  const coming = onAgenda.flatMap(({ start }) => (start !== null && start > instant ? [start] : []));
  const first = coming.reduce<string | null>((least, start) => (least === null || start < least ? start : least), null);
  return new Map(event.sessions.map((session) => [session.id, phaseOf(session, onAgenda, event.zone, instant, first)]));
}

function phaseOf(session: Session, all: Session[], zone: string, instant: string, next: string | null): Phase {
  if (session.start === null) return 'unscheduled';
  if (session.start > instant) return session.start === next ? 'next' : 'later';
  return instant < endOf(session, session.start, all, zone) ? 'now' : 'past';
}

function endOf(session: Session, start: string, all: Session[], zone: string): string {
  if (session.minutes !== null) return addMinutes(start, session.minutes);
  const midnight = instantOf(addDays(wallTimeOf(start, zone).date, 1), '00:00:00', zone) ?? start;
  const followers = all.flatMap((one) =>
    one.room === session.room && one.start !== null && one.start > start ? [one.start] : [],
  );
  return followers.reduce((least, one) => (one < least ? one : least), midnight);
}

/** The session at a topic's place on the agenda: the talk that took it over, else the topic's own; null when it has none. */
export function sessionAtTopic<S extends Session>(event: { sessions: readonly S[] }, topicId: string): S | null {
  const here = event.sessions.filter((session) => session.topics.includes(topicId));
  return here.find((session) => session.joinedTo === null) ?? here[0] ?? null;
}

/** Titles from the outermost topic to the innermost, for each topic of a session that the tree knows. */
export function topicTitles(event: Pick<Event, 'topics'>, session: Pick<Session, 'topics'>): string[][] {
  return session.topics
    .map((id) => topicPath(event.topics, id).map((topic) => topic.title))
    .filter((path) => path.length > 0);
}
