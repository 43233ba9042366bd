import type { Access, Event, EventPerson, Session } from '#core/event/model.ts';
import { inAgendaOrder } from '#core/event/agenda.ts';
import type { FormField, Texts } from '#core/event/settle/form.ts';
import {
  EVENT_FORM,
  personForm,
  PUBLISHING_FORM,
  sessionForm,
  topicsForm,
  wallText,
} from '#core/event/settle/forms.ts';
import { settledOf } from '#core/event/settle/people.ts';
import { whyKept } from '#core/event/settle/topics.ts';
import { sameName } from '#core/event/settle/checks.ts';
import { longDay } from '#core/event/time-text.ts';
import { iso, wallTimeOf } from '#core/event/times.ts';
import { walkTopics } from '#core/event/topics.ts';

type LoggedChange = Awaited<ReturnType<App.Locals['services']['settings']['log']>>[number];

/** Everything the settings of an event show. */
export interface SettingsData {
  event: Pick<Event, 'slug' | 'title' | 'conference' | 'zone'>;
  access: Access;
  forms: { event: Texts; publishing: Texts; topics: Texts };
  topics: TopicRow[];
  sessions: SessionRow[];
  people: PersonRow[];
  /** The session or person that is open for changes; `added`: the programme does not name them. */
  session: { slug: string; title: string; fields: Texts } | null;
  person: { name: string; fields: Texts; added: boolean } | null;
  log: LogRow[];
  /** Number below which there is more; null when this is the oldest page. */
  older: number | null;
  /** False on the newest page. */
  paged: boolean;
}

export interface TopicRow {
  id: string;
  title: string;
  depth: number;
  /** Something hangs on it. */
  kept: boolean;
  first: boolean;
  last: boolean;
}

export interface SessionRow {
  slug: string;
  title: string;
  when: string;
  facts: string;
  gone: boolean;
}

export interface PersonRow {
  /** As the programme has it: what addresses and forms go by. */
  name: string;
  /** As the person is named here. */
  called: string;
  facts: string;
  unnamed: boolean;
}

export interface LogRow {
  number: number;
  at: string;
  when: string;
  who: string;
  what: string;
  before: string | null;
  after: string | null;
}

export interface Asked {
  session: string | null;
  person: string | null;
  paged: boolean;
}

export function settingsData(event: Event, log: readonly LoggedChange[], asked: Asked): SettingsData {
  const { slug, title, conference, zone } = event;
  const session = event.sessions.find((one) => one.slug === asked.session) ?? null;
  const people = allPeople(event);
  const person = people.find(({ name }) => name === asked.person) ?? null;
  return {
    event: { slug, title, conference, zone },
    access: event.access,
    forms: {
      event: seenOf(EVENT_FORM, event),
      publishing: seenOf(PUBLISHING_FORM, event),
      topics: seenOf(topicsForm(event), event),
    },
    topics: topicRows(event),
    sessions: inAgendaOrder(event.sessions, event.topics).map((one) => sessionRow(one, event)),
    people: people.map((one) => personRow(one, event)),
    session: session && { slug: session.slug, title: session.title, fields: seenOf(sessionForm(session), event) },
    person: person && {
      name: person.name,
      fields: seenOf(personForm(person.name), event),
      added: !event.people.includes(person),
    },
    log: log.map((change) => logRow(change, zone)),
    older: olderThan(log),
    paged: asked.paged,
  };
}

function seenOf(fields: readonly FormField[], event: Event): Texts {
  return Object.fromEntries(fields.map(({ name, read }) => [name, read(event)]));
}

function topicRows(event: Event): TopicRow[] {
  return [...walkTopics(event.topics)].map(({ topic, above }) => {
    const siblings = above.at(-1)?.children ?? event.topics;
    const { id, title } = topic;
    const [first, last] = [siblings[0] === topic, siblings.at(-1) === topic];
    return { id, title, depth: above.length, kept: whyKept(event, id) !== null, first, last };
  });
}

function sessionRow({ slug, title, start, minutes, room, people, gone }: Session, { zone }: Event): SessionRow {
  const facts = [minutes === null ? null : `${minutes} min`, room, people.map(({ name }) => name).join(', ')];
  return {
    ...{ slug, title, gone, facts: facts.filter(Boolean).join(' · ') },
    when: start === null ? 'No time' : wallText(start, zone).replace('T', ' '),
  };
}

/** Those of the programme, then those who were added. */
function allPeople(event: Event): EventPerson[] {
  const added = event.settings.people.filter(({ name }) => !event.people.some((one) => sameName(one.name, name)));
  return [...event.people, ...added.map(({ name, affiliation }) => ({ name, affiliation, roles: [] }))];
}

function personRow({ name, affiliation, roles }: EventPerson, { settings }: Event): PersonRow {
  const settled = settledOf(settings.people, name);
  const facts = [settled?.initials ?? null, settled?.affiliation ?? affiliation, ...roles];
  const called = settled === null ? name : (settled.called ?? name);
  return { name, called, facts: facts.filter(Boolean).join(' · '), unnamed: settled?.unnamed ?? false };
}

function logRow({ number, at, who, what, before, after }: LoggedChange, zone: string): LogRow {
  const instant = iso(at);
  const { date, time } = wallTimeOf(instant, zone);
  return { number, at: instant, when: `${longDay(date)}, ${time.slice(0, 5)}`, who, what, before, after };
}

function olderThan(log: readonly LoggedChange[]): number | null {
  const oldest = log.at(-1)?.number ?? 1;
  return oldest > 1 ? oldest : null;
}
