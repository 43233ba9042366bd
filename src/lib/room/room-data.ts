import { personId } from '#core/identity/person-id.ts';
import { inAgendaOrder, listed, sessionAtTopic, topicTitles } from '#core/event/agenda.ts';
import type { Event, EventHead, Person, Session } from '#core/event/model.ts';
import { settledOf } from '#core/event/settle/people.ts';
import { walkTopics } from '#core/event/topics.ts';
import type { NoteJson } from '#core/note/json.ts';
import { isLong } from '#core/note/long.ts';
import { outline, type OutlineEntry } from '#core/note/outline.ts';
import { renderWorkingHtml } from '#core/render/html.ts';
import type { Here } from '#core/wire/messages.ts';
import { InPage } from '#lib/http/in-page.ts';
import type { RefusedMaterial } from '#lib/materials/refused.ts';
import type { Removal } from '#lib/materials/material-calls.ts';
import { besideHtml } from './beside-html.ts';
import { type ListedPerson, namesOf } from './names-of.ts';

/** Everything a room shows before its scripts run. */
export interface RoomData {
  event: Pick<EventHead, 'slug' | 'title' | 'zone'>;
  session: Pick<
    Session,
    'slug' | 'noteId' | 'title' | 'start' | 'minutes' | 'room' | 'people' | 'materials' | 'url' | 'gone'
  >;
  /** Titles from the outermost topic to the innermost, one list for each topic. */
  topics: string[][];
  /** The talk that took this session's place on the agenda. */
  movedTo: SessionLink | null;
  /** Sessions whose place this one took: their notes are still there. */
  earlier: SessionLink[];
  note: {
    /** Text, or what stands in the page already. */
    html: string | InPage;
    /** Its outcomes and what it points at, as `html` is. */
    beside: string | InPage;
    outline: OutlineEntry[];
    empty: boolean;
    long: boolean;
  };
  me: Me;
  /** Where `#` in the note leads: every session, the nearest first, and the topics by theirs. */
  places: PlaceLink[];
  /** The people of the event: a guest who gives the name of one is shown as a guest. */
  listed: ListedPerson[];
  /** Words spelled the event's way. */
  words: string[];
  here: Here;
}

export interface SessionLink {
  slug: string;
  title: string;
}

export interface PlaceLink {
  slug: string;
  words: string;
  /** When it is, or what it belongs to. */
  more: string;
}

export interface Me {
  /** As in the list of the people here. */
  id: string;
  /** As given on this device; null before the first. */
  name: string | null;
  mayWrite: boolean;
}

/** What a form comes back with when it was sent without scripts. */
export type FormBack =
  | { form: 'name'; refused: { message: string; typed: string } }
  | { form: 'material'; refused: RefusedMaterial }
  | { form: 'removed'; removed: Removal };

export interface RoomInput {
  event: Event;
  session: Session;
  reading: { note: NoteJson; empty: boolean };
  actor: { id: string; name: string | null };
  mayWrite: boolean;
  here: Here;
  /** The page itself was asked for, not its data alone. */
  page: boolean;
}

export function roomData({ event, session, reading, actor, mayWrite, here, page }: RoomInput): RoomData {
  const { slug, noteId, title, start, minutes, room, people, materials, url, gone } = session;
  const html = renderWorkingHtml(reading.note, namesOf(event.people, here.people));
  const beside = besideHtml(reading.note);
  const movedTo = event.sessions.find((other) => other.id === session.joinedTo) ?? null;
  return {
    event: { slug: event.slug, title: event.title, zone: event.zone },
    session: { slug, noteId, title, start, minutes, room, people, materials, url, gone },
    topics: topicTitles(event, session),
    movedTo: movedTo && linkTo(movedTo),
    earlier: event.sessions.filter((other) => other.joinedTo === session.id).map(linkTo),
    note: {
      html: page ? new InPage(html) : html,
      beside: page ? new InPage(beside) : beside,
      outline: outline(reading.note),
      empty: reading.empty,
      long: isLong(reading.note.content.length),
    },
    me: { id: personId(actor.id), name: actor.name, mayWrite },
    places: placeLinks(event, session),
    listed: event.people.map((person) => listedPerson(person, event)),
    words: event.settings.words,
    here,
  };
}

/**
 * This session first, then those of its topics' branches, then all others, each by agenda; a topic that a talk took over is found by
 * its own name too.
 */
function placeLinks(event: Event, here: Session): PlaceLink[] {
  const branches = (session: Session) => topicTitles(event, session).map((path) => path[0]);
  const branchesHere = new Set(branches(here));
  const near = (session: Session): number =>
    session.id === here.id ? 0 : branches(session).some((branch) => branchesHere.has(branch)) ? 1 : 2;
  const sessions = inAgendaOrder(listed(event.sessions), event.topics).toSorted(
    (one, other) => near(one) - near(other),
  );
  const taken = [...walkTopics(event.topics)].flatMap(({ topic, above }) => {
    const at = sessionAtTopic(event, topic.id);
    const named = at === null || at.title === topic.title;
    return named ? [] : [{ slug: at.slug, words: topic.title, more: above.at(-1)?.title ?? 'Topic' }];
  });
  const own = sessions.map((session) => ({
    slug: session.slug,
    words: session.title,
    more:
      topicTitles(event, session)[0]
        ?.filter((part) => part !== session.title)
        .at(-1) ?? 'Session',
  }));
  return [...own, ...taken];
}

function listedPerson({ name, affiliation }: Person, { settings }: Event): ListedPerson {
  const initials = settledOf(settings.people, name)?.initials;
  return { name, affiliation, ...(initials && { initials }) };
}

function linkTo({ slug, title }: Session): SessionLink {
  return { slug, title };
}
