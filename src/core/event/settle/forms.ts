import type { Checked } from '../checked.ts';
import type { Event, Session } from '../model.ts';
import type { EventSettings, PersonSettings } from '../settings.ts';
import { normaliseName } from '../names.ts';
import { wallTimeOf } from '../times.ts';
import { walkTopics } from '../topics.ts';
import * as check from './checks.ts';
import type { Change, FormField } from './form.ts';
import { calledName, settledOf } from './people.ts';
import { renameTopic } from './topics.ts';

/** What the event says of itself. Access is not here: it is changed by itself and at once for those who are inside. */
export const EVENT_FORM: readonly FormField[] = [
  plain('title', 'Title', 'title', (text) => check.checkLine(text, 'An event needs a title.')),
  plain('start', 'First day', 'days', check.checkDay),
  plain('end', 'Last day', 'days', check.checkDay),
  plain('zone', 'Time zone', 'zone', check.checkZone),
  plain('prefix', 'Prefix', null, check.checkPrefix),
];

export const PUBLISHING_FORM: readonly FormField[] = [
  setting('lists', 'Lists', ({ lists }) => lists.join('\n'), check.checkLists),
  setting('thread', 'Thread to answer', ({ thread }) => thread ?? '', check.checkThread),
  setting(
    'subject',
    'Subject',
    ({ subject }) => subject ?? '',
    (text) => orNull(check.checkLine(text, null)),
  ),
  setting('words', 'Words', ({ words }) => words.join('\n'), check.checkWords),
];

/** The titles of all topics; a field is named by the topic's id. */
export function topicsForm(event: Event): FormField[] {
  return [...walkTopics(event.topics)].map(({ topic: { id, title } }) => ({
    name: id,
    label: `Topic “${title}”`,
    own: 'topics',
    read: (now) => [...walkTopics(now.topics)].find(({ topic }) => topic.id === id)?.topic.title ?? '',
    check: (text) =>
      mapped(check.checkLine(text, 'A topic needs a title.'), (value) => (now) => ({
        ...now,
        topics: renameTopic(now.topics, id, value),
      })),
  }));
}

/** `seen` is `yes` or nothing for what is ticked. */
export function sessionForm({ id, title, topics }: Session): FormField[] {
  const field = <V>(
    name: string,
    label: string,
    own: string,
    read: (session: Session, event: Event) => string,
    test: (text: string, event: Event) => Checked<V>,
    put: (value: V) => Partial<Session>,
  ): FormField => ({
    name,
    label: `Session “${title}”, ${label}`,
    own,
    read: (event) => read(event.sessions.find((one) => one.id === id) ?? NO_SESSION, event),
    check: (text, event) =>
      mapped(test(text, event), (value) => (now) => ({
        ...now,
        sessions: now.sessions.map((one) => (one.id === id ? { ...one, ...put(value) } : one)),
      })),
  });
  return [
    field(
      'title',
      'title',
      'title',
      (one) => one.title,
      (text) => check.checkLine(text, 'A session needs a title.'),
      (value) => ({ title: value }),
    ),
    field(
      'start',
      'start',
      'start',
      (one, { zone }) => wallText(one.start, zone),
      (text, { zone }) => check.checkStart(text, zone),
      (start) => ({ start }),
    ),
    field(
      'minutes',
      'length',
      'minutes',
      (one) => String(one.minutes ?? ''),
      check.checkMinutes,
      (minutes) => ({ minutes }),
    ),
    field(
      'room',
      'room',
      'room',
      (one) => one.room ?? '',
      (text) => orNull(check.checkLine(text, null)),
      (room) => ({ room }),
    ),
    field(
      'people',
      'speakers',
      'people',
      (one) => check.speakersText(one.people),
      check.checkSpeakers,
      (people) => ({ people }),
    ),
    // One that stands for several topics got them by taking over their places.
    ...(topics.length > 1
      ? []
      : [
          field(
            'topic',
            'topic',
            'topics',
            (one) => one.topics[0] ?? '',
            checkTopic,
            (topic) => ({ topics: topic === '' ? [] : [topic] }),
          ),
        ]),
    field(
      'gone',
      'not held',
      'gone',
      (one) => (one.gone ? 'yes' : ''),
      (text) => check.checkChoice(text, ['yes', '']),
      (value) => ({ gone: value === 'yes' }),
    ),
  ];
}

/** What is settled for a person. `name` can be typed for one who is added, and is what it is for all others. */
export function personForm(name: string): FormField[] {
  const field = <V>(
    key: string,
    label: string,
    read: (person: PersonSettings, event: Event) => string,
    test: (text: string) => Checked<V>,
    put: (value: V) => Partial<PersonSettings>,
  ): FormField => ({
    name: key,
    label: `${name}, ${label}`,
    own: null,
    read: (event) => read(settledOf(event.settings.people, name) ?? unsettled(name), event),
    check: (text) => mapped(test(text), (value) => (now) => withPerson(now, name, put(value))),
  });
  const told = (event: Event) => event.people.find((one) => check.sameName(one.name, name))?.affiliation ?? '';
  return [
    field(
      'name',
      'name',
      calledName,
      (text) => normaliseName(text),
      (value) => ({ called: value }),
    ),
    field(
      'initials',
      'initials',
      (one) => one.initials ?? '',
      (text) => orNull(check.checkLine(text, null, 100)),
      (initials) => ({ initials }),
    ),
    field(
      'affiliation',
      'affiliation',
      (one, event) => one.affiliation ?? told(event),
      (text) => orNull(check.checkLine(text, null)),
      (affiliation) => ({ affiliation }),
    ),
    field(
      'unnamed',
      'not to be named',
      (one) => (one.unnamed ? 'yes' : ''),
      (text) => check.checkChoice(text, ['yes', '']),
      (value) => ({ unnamed: value === 'yes' }),
    ),
  ];
}

/** The start as its field shows it; empty while there is none. */
export function wallText(start: string | null, zone: string): string {
  if (start === null) return '';
  const { date, time } = wallTimeOf(start, zone);
  return `${date}T${time.slice(0, 5)}`;
}

function checkTopic(text: string, event: Event): Checked<string> {
  return check.checkChoice(text, ['', ...[...walkTopics(event.topics)].map(({ topic }) => topic.id)]);
}

function withPerson<E extends Event>(event: E, name: string, part: Partial<PersonSettings>): E {
  const known = settledOf(event.settings.people, name);
  const { called, ...given } = { ...(known ?? unsettled(name)), ...part };
  const person = called === undefined || called === given.name ? given : { ...given, called };
  const people = known
    ? event.settings.people.map((one) => (one === known ? person : one))
    : [...event.settings.people, person];
  return { ...event, settings: { ...event.settings, people } };
}

function unsettled(name: string): PersonSettings {
  return { name, initials: null, affiliation: null, unnamed: false };
}

const NO_SESSION: Session = {
  ...{ id: '', slug: '', noteId: '', title: '', topics: [], start: null, minutes: null, room: null },
  ...{ people: [], materials: [], url: null, gone: false, joinedTo: null },
};

function plain(
  name: 'title' | 'start' | 'end' | 'zone' | 'prefix',
  label: string,
  own: string | null,
  test: (text: string) => Checked<string>,
): FormField {
  return {
    ...{ name, label, own },
    read: (event) => event[name],
    check: (text) => mapped(test(text), (value) => (event) => ({ ...event, [name]: value })),
  };
}

function setting<K extends 'lists' | 'thread' | 'subject' | 'words'>(
  name: K,
  label: string,
  read: (settings: EventSettings) => string,
  test: (text: string) => Checked<EventSettings[K]>,
): FormField {
  return {
    ...{ name, label, own: null },
    read: ({ settings }) => read(settings),
    check: (text) =>
      mapped(test(text), (value) => (event) => ({ ...event, settings: { ...event.settings, [name]: value } })),
  };
}

function orNull(checked: Checked<string>): Checked<string | null> {
  return checked.ok ? { ok: true, value: checked.value || null } : checked;
}

function mapped<V>(checked: Checked<V>, change: (value: V) => Change): Checked<Change> {
  return checked.ok ? { ok: true, value: change(checked.value) } : checked;
}
