import type { Event, EventPerson, Person } from '../model.ts';
import type { PersonSettings } from '../settings.ts';
import { sameName } from './checks.ts';

/** What is settled for a person, however the name is spelt. */
export function settledOf(people: readonly PersonSettings[], name: string): PersonSettings | null {
  return people.find((one) => one.name === name) ?? people.find((one) => sameName(one.name, name)) ?? null;
}

/** The event as it is read: what is settled for people goes before what imports say, and who was added stands behind. */
export function withSettledPeople<E extends Event>(event: E): E {
  const settled = event.settings.people;
  if (settled.length === 0) return event;
  const told = <P extends Person>(person: P): P => {
    const affiliation = settledOf(settled, person.name)?.affiliation ?? null;
    return affiliation === null ? person : { ...person, affiliation };
  };
  const added = settled
    .filter(({ name }) => !event.people.some((person) => sameName(person.name, name)))
    .map(({ name, affiliation }): EventPerson => ({ name, affiliation, roles: [] }));
  const sessions = event.sessions.map((session) => ({ ...session, people: session.people.map(told) }));
  return { ...event, people: [...event.people.map(told), ...added], sessions };
}
