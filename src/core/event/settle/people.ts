import type { Event, EventPerson, Person } from '../model.ts';
import { type KnownPeople, signsOf, withInitials } from '../../outcomes/signed.ts';
import type { PersonSettings } from '../settings.ts';
import { sameName } from './checks.ts';

/** What is settled for a person, however the name is spelt. */
export function settledOf(people: readonly PersonSettings[], name: string): PersonSettings | null {
  return (
    people.find((one) => one.name === name) ??
    people.find((one) => sameName(one.name, name)) ??
    people.find((one) => one.called !== undefined && sameName(one.called, name)) ??
    null
  );
}

/** As the person is named here. */
export function calledName({ name, called }: Pick<PersonSettings, 'name' | 'called'>): string {
  return called ?? name;
}

/**
 * The event as it is read: what is settled for people goes before what imports say, and who was added stands behind. Who is named
 * otherwise here is still found by the name of before, and two who are given one name are one.
 */
export function withSettledPeople<E extends Event>(event: E): E {
  const settled = event.settings.people;
  if (settled.length === 0) return event;
  const told = <P extends Person>(person: P): P => {
    const found = settledOf(settled, person.name);
    if (found === null) return person;
    const name = found.called ?? person.name;
    return { ...person, name, affiliation: found.affiliation ?? person.affiliation };
  };
  const added = settled
    .filter(({ name }) => !event.people.some((person) => sameName(person.name, name)))
    .map(({ affiliation, ...one }): EventPerson => ({ name: calledName(one), affiliation, roles: [] }));
  const sessions = event.sessions.map((session) => ({ ...session, people: eachOnce(session.people.map(told)) }));
  const people = eachOnce([...event.people.map(told), ...added]);
  return { ...event, people, sessions, settings: { ...event.settings, people: settled.map(asCalled) } };
}

/** The people of an event as it is read and the speakers of its sessions, each with what was settled for them to sign with. */
export function knownPeopleOf({
  people,
  sessions,
  settings,
}: Pick<Event, 'people' | 'sessions' | 'settings'>): KnownPeople {
  const all = [...people, ...sessions.flatMap((session) => session.people)].map(({ name }) => name);
  const names = [...new Set(all)];
  const signed = names.map((name) => ({ name, initials: settledOf(settings.people, name)?.initials ?? null }));
  return withInitials(names, signed);
}

function asCalled({ called, ...person }: PersonSettings): PersonSettings {
  if (called === undefined) return person;
  return { ...person, name: called, initials: [...signsOf(person.initials), person.name].join(', ') };
}

function eachOnce<P extends Person>(people: P[]): P[] {
  return people.filter(({ name }, at) => people.findIndex((one) => one.name === name) === at);
}
