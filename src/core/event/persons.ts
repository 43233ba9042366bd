import type { Event, PersonRole, Person } from './model.ts';
import { personSlug } from './person-slug.ts';

/** Somebody an event names. */
export interface NamedPerson extends Person {
  slug: string;
  roles: readonly PersonRole[];
}

/** The people of an event and the speakers of its sessions, each once. */
export function personsOf(event: Pick<Event, 'people' | 'sessions'>): NamedPerson[] {
  const found = new Map<string, NamedPerson>();
  const add = (person: Person & { roles?: readonly PersonRole[] }): void => {
    const { name, affiliation, roles = [] } = person;
    const slug = personSlug(name);
    const known = found.get(slug);
    if (!known) found.set(slug, { slug, name, affiliation, roles });
    else known.affiliation ??= affiliation;
  };
  event.people.forEach(add);
  for (const session of event.sessions) session.people.forEach(add);
  return [...found.values()];
}
