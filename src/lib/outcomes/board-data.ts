import type { Event } from '#core/event/model.ts';
import { walkTopics } from '#core/event/topics.ts';
import { topicTitles } from '#core/event/agenda.ts';
import { shownName } from '#core/event/names.ts';
import { knownPeopleOf } from '#core/event/settle/people.ts';
import { type KnownPeople, withInitials } from '#core/outcomes/signed.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';

/** Everything a board shows before its scripts run. */
export interface BoardData {
  event: Pick<Event, 'slug' | 'title' | 'conference' | 'topics'> & { sessions: BoardSession[] };
  /** Those who may be meant by a name. */
  people: SignedPerson[];
  me: BoardMe;
  news: {
    at: string;
    /** `SessionNews[]` as JSON: thousands of outcomes are written and read many times faster as one text. */
    sessions: string;
  };
  /** When this was read: ISO 8601. */
  now: string;
}

/** Somebody of the event, and what was settled for them to sign with. */
interface SignedPerson {
  name: string;
  initials: string | null;
}

export interface BoardSession {
  slug: string;
  title: string;
  topics: string[];
  /** Titles from the outermost topic to the innermost, one list for each topic. */
  paths: string[][];
}

export interface BoardMe {
  /** As others see it; null before a name was given. */
  shown: string | null;
  organizer: boolean;
  mayWrite: boolean;
}

/** The outcomes of a session, all of them. */
export interface SessionNews {
  session: string;
  outcomes: Outcome[];
}

interface BoardInput {
  event: Event;
  news: { at: string; sessions: SessionNews[] };
  actor: { name: string | null; organizer: boolean };
  mayWrite: boolean;
  now: string;
}

export function boardData({ event, news, actor, mayWrite, now }: BoardInput): BoardData {
  const { slug, title, conference, sessions, topics } = event;
  return {
    event: {
      ...{ slug, title, conference, topics },
      sessions: sessions.map((session) => ({
        slug: session.slug,
        title: session.title,
        topics: session.topics,
        paths: topicTitles(event, session),
      })),
    },
    people: signedPeople(event),
    me: {
      shown: actor.name === null ? null : shownName(actor.name, event.people),
      organizer: actor.organizer,
      mayWrite,
    },
    news: { at: news.at, sessions: JSON.stringify(news.sessions) },
    now,
  };
}

function signedPeople(event: Event): SignedPerson[] {
  const people = knownPeopleOf(event);
  return people.map((name) => ({ name, initials: people.initials?.get(name) ?? null }));
}

/** The people of a board as names are looked up among them. */
export function knownPeople({ people }: Pick<BoardData, 'people'>): KnownPeople {
  return withInitials(
    people.map(({ name }) => name),
    people,
  );
}

/** The outcomes that came with the page. */
export function firstNews({ news }: BoardData): { at: string; sessions: SessionNews[] } {
  return { at: news.at, sessions: JSON.parse(news.sessions) as SessionNews[] };
}

/** The topics to choose from, each with its path. */
export function topicChoices({ topics }: Pick<Event, 'topics'>): { id: string; words: string }[] {
  return [...walkTopics(topics)].map(({ topic, above }) => ({
    id: topic.id,
    words: [...above, topic].map(({ title }) => title).join(' › '),
  }));
}
