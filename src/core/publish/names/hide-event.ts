import type { Event, Person, Session, Topic } from '../../event/model.ts';
import type { NoteState } from '../../render/session.ts';
import { outcomesOf } from '../../outcomes/outcomes-of.ts';
import { type Hidden, hiddenNames, isNobody, SOMEONE } from './hidden.ts';
import { hide, hideName } from './hide.ts';
import { hideInNote } from './hide-note.ts';
import { namesIn, wholeNamesIn } from './learn.ts';

/** Who is left out: those who asked not to be named, or everybody who is known by name. */
export type Unnamed = 'asked' | 'all';

/** An event and notes of it, as they may be published. */
export interface Named {
  event: Event;
  /** By session id. */
  notes: ReadonlyMap<string, NoteState>;
}

/** That, with what makes other words fit to go with it. */
export interface Said extends Named {
  /** @param isName the words are a name and nothing else */
  hide: (words: string, isName?: boolean) => string;
}

/** The same without the names of those who are left out. What is no text (addresses, ids) stays. */
export function withoutNames({ event, notes }: Named, unnamed: Unnamed): Said {
  const hidden = unnamed === 'all' ? everybody({ event, notes }) : askedFor(event);
  if (isNobody(hidden)) return { event, notes, hide: (words) => words };
  return {
    event: inEvent(event, hidden),
    notes: new Map([...notes].map(([id, state]) => [id, { ...state, note: hideInNote(state.note, hidden) }])),
    hide: (words, isName = false) => (isName ? hideName : hide)(words, hidden),
  };
}

function askedFor({ settings }: Event): Hidden {
  return hiddenNames(settings.people.filter(({ unnamed }) => unnamed));
}

/** People of the event and of its sessions, who added materials, who owns an outcome, and whom the notes name where only names stand. */
function everybody({ event, notes }: Named): Hidden {
  const added = event.sessions.flatMap(({ materials }) =>
    materials.map(({ addedBy }) => addedBy.replace(/ \(guest\)$/, '')),
  );
  const written = [...notes.values()].map(({ note }) => note);
  const owners = written.flatMap((note) => outcomesOf(note).flatMap((outcome) => outcome.owners));
  const people = [...event.people, ...event.sessions.flatMap((session) => session.people), ...event.settings.people];
  const listed = namesIn(written, titlesOf(event));
  // "ARM people" are nobody's name, and the word would go from the whole text.
  const others = [
    ...added.filter((name) => !isHost(name)),
    ...owners.filter((name) => !/^\p{Lu}{2,}\b/u.test(name)),
    ...listed,
  ].map((name) => ({ name }));
  const known = [...people, ...others];
  const whole = wholeNamesIn(
    written,
    known.map(({ name }) => name),
  );
  return hiddenNames([...known, ...whole.map((name) => ({ name }))], true);
}

/** What has words in capitals that are no names. */
function titlesOf({ title, people, sessions, topics }: Event): string[] {
  const topicTitles = (each: Topic): string[] => [each.title, ...each.children.flatMap(topicTitles)];
  const where = [...people, ...sessions.flatMap((session) => session.people)].flatMap(
    ({ affiliation }) => affiliation ?? [],
  );
  return [title, ...sessions.map((session) => session.title), ...topics.flatMap(topicTitles), ...where];
}

/** Imported materials say where they come from. */
const isHost = (name: string) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name);

function inEvent(event: Event, hidden: Hidden): Event {
  const said = <T extends string | null>(text: T) => (text === null ? text : hide(text, hidden)) as T;
  return {
    ...event,
    title: said(event.title),
    conference: said(event.conference),
    venue: said(event.venue),
    settings: { ...event.settings, subject: said(event.settings.subject), people: [] },
    description: event.description.map((part) => ({ ...part, text: said(part.text) })),
    topics: event.topics.map((topic) => inTopic(topic, hidden)),
    people: event.people.map((person) => ({ ...person, ...inPerson(person, hidden) })),
    sessions: event.sessions.map((session) => inSession(session, hidden)),
    breaks: event.breaks.map((pause) => ({ ...pause, title: said(pause.title) })),
  };
}

function inTopic(topic: Topic, hidden: Hidden): Topic {
  return {
    ...topic,
    title: hide(topic.title, hidden),
    children: topic.children.map((child) => inTopic(child, hidden)),
  };
}

function inSession(session: Session, hidden: Hidden): Session {
  return {
    ...session,
    title: hide(session.title, hidden),
    people: session.people.map((person) => inPerson(person, hidden)),
    materials: session.materials.map((material) => ({
      ...material,
      title: hide(material.title, hidden),
      addedBy: isHost(material.addedBy) ? material.addedBy : hideName(material.addedBy, hidden),
    })),
  };
}

/** Where somebody works says who it is in many a room. */
function inPerson(person: Person, hidden: Hidden): Person {
  return hideName(person.name, hidden) === person.name ? person : { name: SOMEONE, affiliation: null };
}
