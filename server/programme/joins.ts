import type { Session, Topic } from '#core/event/model.ts';
import { walkTopics } from '#core/event/topics.ts';
import type { EventRecord, SessionRecord } from '../store/tables.ts';
import { foldTitle } from './programme.ts';
import { talkKeyOf, topicIdOf } from './source-keys.ts';

/** The event with the topic's session joined to the talk: the topic's place is the talk's from now on, both notes stay. */
export function joinSessions(event: EventRecord, talkId: string, topicSessionId: string): EventRecord {
  const sessions = event.sessions.map((one) => (one.id === topicSessionId ? { ...one, joinedTo: talkId } : one));
  return { ...event, sessions: placeSessions(sessions, event.topics) };
}

/** A talk titled exactly as a topic is that topic's talk; everything less clear is left to an organizer. */
export function joinByTitle(sessions: readonly SessionRecord[]): SessionRecord[] {
  const talks = sessions.filter((one) => talkKeyOf(one) !== null && !one.gone);
  return sessions.map((one) => {
    if (talkKeyOf(one) !== null || one.joinedTo !== null) return one;
    const talk = talks.find((other) => foldTitle(other.title) === foldTitle(one.title));
    return talk === undefined ? one : { ...one, joinedTo: talk.id };
  });
}

/** Gives each session the topics it has a place at: its own, and those of the sessions joined to it. */
export function placeSessions<S extends SessionRecord>(sessions: readonly S[], tree: readonly Topic[]): S[] {
  const order = [...walkTopics(tree)].map(({ topic }) => topic.id);
  const own = new Map(sessions.map((one) => [one.id, ownTopics(one, order)]));
  return sessions.map((one) => {
    const joined = sessions
      .filter((other) => endOfJoins(other, sessions) === one.id)
      .flatMap((other) => own.get(other.id) ?? []);
    const topics = [...new Set([...(own.get(one.id) ?? []), ...joined])];
    return { ...one, topics: topics.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)) };
  });
}

/**
 * Where an organizer put it. Else a topic that the tree no longer has leaves its session at the nearest group above it that is
 * still there.
 */
function ownTopics(session: SessionRecord, order: readonly string[]): string[] {
  const known = new Set(order);
  if (session.own.includes('topics')) return session.topics.filter((topic) => known.has(topic));
  let id = topicIdOf(session);
  while (id !== null && id !== '' && !known.has(id)) id = id.slice(0, Math.max(0, id.lastIndexOf('/')));
  return id === null || id === '' ? [] : [id];
}

/** Id of the session that stands for this one at last; a ring, which nothing makes, ends where it began. */
export function endOfJoins(session: Session, all: readonly Session[]): string {
  let here = session;
  for (let steps = 0; here.joinedTo !== null && steps < all.length; steps++) {
    const next = all.find((one) => one.id === here.joinedTo);
    if (next === undefined) break;
    here = next;
  }
  return here.id;
}
