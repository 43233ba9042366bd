import { refuse, type Refusal } from '#core/event/checked.ts';
import { checkLine } from '#core/event/settle/checks.ts';
import { applyForm, type FieldChange, type FormField, type RefusedField, type Texts } from '#core/event/settle/form.ts';
import { EVENT_FORM, personForm, PUBLISHING_FORM, sessionForm, topicsForm } from '#core/event/settle/forms.ts';
import { settledOf } from '#core/event/settle/people.ts';
import { addTopic, moveTopic, removeTopic, TOPIC_DEPTH, TOPICS_LIMIT, whyKept } from '#core/event/settle/topics.ts';
import { normaliseName } from '#core/event/names.ts';
import { mintSlug } from '#core/event/slugs.ts';
import { topicPath, walkTopics } from '#core/event/topics.ts';
import type { SettingsChange } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import type { EventRecord, NewChange, NewNote, SessionRecord } from '../store/tables.ts';
import type { ImportParts } from './merge-sessions.ts';
import { removedMark, withOwn } from './own.ts';

/** A change of an event, made and not yet written. */
export type Made =
  | { ok: true; event: EventRecord; newNotes: NewNote[]; changes: Omit<NewChange, 'actor' | 'who'>[] }
  | { ok: false; refused: RefusedField[] };

/** A year-long event is a mistyped one. */
const MOST_DAYS = 60;
const SESSIONS_LIMIT = 1000;
const PEOPLE_LIMIT = 1000;

/** What an organizer's change makes of the event. Pure but for `parts`. */
export function makeChange(event: EventRecord, change: SettingsChange, parts: ImportParts): Made {
  switch (change.kind) {
    case 'event':
      return withDays(ofEvent(event, EVENT_FORM, change.typed, change.seen));
    case 'publishing':
      return ofEvent(event, PUBLISHING_FORM, change.typed, change.seen);
    case 'topics':
      return ofEvent(event, topicsForm(event), change.typed, change.seen);
    case 'session':
      return ofSession(event, change.session, change.typed, change.seen);
    case 'person':
      return ofPerson(event, change.person, change.typed, change.seen);
    case 'add-topic':
      return addedTopic(event, change.typed, parts);
    case 'add-session':
      return addedSession(event, change.typed, parts);
    case 'add-person':
      return addedPerson(event, change.typed);
    case 'move-topic':
      return movedTopic(event, change.topic, change.by);
    case 'remove-topic':
      return removedTopic(event, change.topic);
    case 'remove-person':
      return removedPerson(event, change.person);
  }
}

/** Days in their order, and not for ever. */
export function daysRefused({ start, end }: Pick<EventRecord, 'start' | 'end'>): Refusal | null {
  if (end < start) return refuse('end', 'The last day is before the first.');
  const days = (Date.parse(end) - Date.parse(start)) / 86_400_000;
  return days > MOST_DAYS ? refuse('end', `An event lasts ${MOST_DAYS} days at most.`) : null;
}

function withDays(made: Made): Made {
  const wrong = made.ok ? daysRefused(made.event) : null;
  return wrong === null ? made : refusedAt(wrong.field, wrong.message);
}

function ofEvent(event: EventRecord, fields: readonly FormField[], typed: Texts, seen: Texts): Made {
  const applied = applyForm(event, fields, typed, seen);
  if (!applied.ok) return applied;
  const marks = applied.changes.map(({ own }) => own);
  return made(withOwn(applied.event, marks), applied.changes.map(logged));
}

function ofSession(event: EventRecord, slug: string, typed: Texts, seen: Texts): Made {
  const session = event.sessions.find((one) => one.slug === slug);
  if (session === undefined) throw new NotFoundError(`There is no session ${event.slug}/${slug}.`);
  const applied = applyForm(event, sessionForm(session), typed, seen);
  if (!applied.ok) return applied;
  const marks = applied.changes.map(({ own }) => own);
  const sessions = applied.event.sessions.map((one) => (one.id === session.id ? withOwn(one, marks) : one));
  return made({ ...applied.event, sessions }, applied.changes.map(logged));
}

function ofPerson(event: EventRecord, name: string, typed: Texts, seen: Texts): Made {
  const known = event.people.some((one) => one.name === name) || settledOf(event.settings.people, name) !== null;
  if (!known) throw new NotFoundError(`There is nobody called “${name}” in this event.`);
  return ofEvent(event, personForm(name), typed, seen);
}

function addedTopic(event: EventRecord, typed: Texts, parts: ImportParts): Made {
  const title = checkLine(typed['title'] ?? '', 'A topic needs a title.');
  if (!title.ok) return refusedAt('title', title.message);
  const above = typed['parent'] ?? '';
  const path = topicPath(event.topics, above);
  if (above !== '' && path.length === 0) return refusedAt('parent', 'This topic is no longer there.');
  if (path.length >= TOPIC_DEPTH) return refusedAt('parent', `Topics are at most ${TOPIC_DEPTH} deep.`);
  if ([...walkTopics(event.topics)].length >= TOPICS_LIMIT)
    return refusedAt('title', `At most ${TOPICS_LIMIT} topics.`);
  const taken = event.sessions.flatMap(({ topics, sourceKeys }) => [...topics, ...sourceKeys.map(topicOfKey)]);
  const { topics, id } = addTopic(event.topics, above, title.value, taken);
  const added = withOwn({ ...event, topics }, ['topics']);
  const line = { what: `Topic “${title.value}”`, before: null, after: 'added' };
  if (typed['session'] !== 'yes') return made(added, [line]);
  const { session, note } = newSession(added, title.value, parts);
  const sessions = [...event.sessions, { ...session, topics: [id], own: ['topics', 'title'] }];
  return { ok: true, event: { ...added, sessions }, newNotes: [note], changes: [line, sessionLine(session)] };
}

const topicOfKey = (key: string): string => key.replace(/^[a-z]+:/, '');

function addedSession(event: EventRecord, typed: Texts, parts: ImportParts): Made {
  if (event.sessions.length >= SESSIONS_LIMIT) return refusedAt('title', `At most ${SESSIONS_LIMIT} sessions.`);
  const title = checkLine(typed['title'] ?? '', 'A session needs a title.');
  const { session, note } = newSession(event, title.ok ? title.value : '', parts);
  const applied = applyForm({ ...event, sessions: [...event.sessions, session] }, sessionForm(session), typed, {});
  const wrong = applied.ok ? [] : applied.refused.filter(({ field }) => field !== 'title');
  if (!title.ok || !applied.ok)
    return {
      ok: false,
      refused: [...(title.ok ? [] : [{ field: 'title', message: title.message, now: null }]), ...wrong],
    };
  const marks = ['title', ...applied.changes.map(({ own }) => own)];
  const sessions = applied.event.sessions.map((one) => (one.id === session.id ? withOwn(one, marks) : one));
  const changes = [sessionLine(session), ...applied.changes.map(logged)];
  return { ok: true, event: { ...applied.event, sessions }, newNotes: [note], changes };
}

function sessionLine({ title }: SessionRecord): Omit<NewChange, 'actor' | 'who'> {
  return { what: `Session “${title}”`, before: null, after: 'added' };
}

function newSession(event: EventRecord, title: string, parts: ImportParts): { session: SessionRecord; note: NewNote } {
  const note = parts.newNote();
  const slug = mintSlug(title, (taken) => event.sessions.some((one) => one.slug === taken), 'session');
  const session: SessionRecord = {
    ...{ id: parts.newId(), slug, noteId: note.noteId, title, topics: [], start: null, minutes: null, room: null },
    ...{ people: [], materials: [], url: null, gone: false, joinedTo: null, sourceKeys: [], own: [] },
  };
  return { session, note };
}

function addedPerson(event: EventRecord, typed: Texts): Made {
  if (event.settings.people.length >= PEOPLE_LIMIT) return refusedAt('name', `At most ${PEOPLE_LIMIT} people.`);
  const name = normaliseName(typed['name'] ?? '');
  if (!name.ok) return refusedAt('name', name.message);
  const listed = settledOf([...event.settings.people, ...event.people.map(asSettled)], name.value);
  if (listed !== null) return refusedAt('name', `“${listed.name}” is already one of the people of this event.`);
  const people = [...event.settings.people, { ...asSettled(name.value), name: name.value }];
  const added = ofEvent({ ...event, settings: { ...event.settings, people } }, personForm(name.value), typed, {});
  if (!added.ok) return added;
  const line = { what: name.value, before: null, after: 'added' };
  return { ...added, changes: [line, ...added.changes] };
}

function asSettled(person: { name: string } | string) {
  const name = typeof person === 'string' ? person : person.name;
  return { name, initials: null, affiliation: null, unnamed: false };
}

/** Only who was added by hand: who the programme names would come back with it. */
function removedPerson(event: EventRecord, name: string): Made {
  const people = event.settings.people.filter((one) => one.name !== name);
  if (people.length === event.settings.people.length) throw new NotFoundError(`Nobody called “${name}” was added.`);
  if (settledOf(event.people.map(asSettled), name) !== null)
    return refusedAt('person', `The programme names “${name}”: only who was added here can be removed.`);
  const settled = { ...event, settings: { ...event.settings, people } };
  return made(settled, [{ what: name, before: 'there', after: null }]);
}

function movedTopic(event: EventRecord, id: string, by: -1 | 1): Made {
  const [topic] = topicPath(event.topics, id).slice(-1);
  if (topic === undefined) return refusedAt('topics', 'This topic is no longer there.');
  const moved = withOwn({ ...event, topics: moveTopic(event.topics, id, by) }, ['topics']);
  const order = ({ topics }: EventRecord) => [...walkTopics(topics)].map((one) => one.topic.title).join(', ');
  if (order(moved) === order(event)) return made(event, []);
  return made(moved, [{ what: 'Order of topics', before: order(event), after: order(moved) }]);
}

function removedTopic(event: EventRecord, id: string): Made {
  const why = whyKept(event, id);
  const [topic] = topicPath(event.topics, id).slice(-1);
  if (why !== null || topic === undefined) return refusedAt('topics', why ?? 'This topic is no longer there.');
  const removed = withOwn({ ...event, topics: removeTopic(event.topics, id) }, ['topics', removedMark(id)]);
  return made(removed, [{ what: `Topic “${topic.title}”`, before: 'there', after: null }]);
}

function logged({ label, before, after }: FieldChange): Omit<NewChange, 'actor' | 'who'> {
  return { what: label, before: before === '' ? null : before, after: after === '' ? null : after };
}

function made(event: EventRecord, changes: Omit<NewChange, 'actor' | 'who'>[]): Made {
  return { ok: true, event, newNotes: [], changes };
}

function refusedAt(field: string, message: string): Made {
  return { ok: false, refused: [{ field, message, now: null }] };
}
