import type { Person } from '#core/event/model.ts';
import { type KnownPeople, withInitials } from '#core/outcomes/signed.ts';
import { UNNAMED } from '#core/wire/initials.ts';
import type { Here, HerePerson } from '#core/wire/messages.ts';

/** A person of the event, with the initials that were settled for them. */
export interface ListedPerson extends Person {
  initials?: string;
}

/**
 * Names of the people here and of the event, each once. A guest who gave a listed person's name is shown with a word behind it, which
 * nobody says.
 */
export function namesOf(listed: readonly ListedPerson[], here: readonly HerePerson[]): KnownPeople {
  const present = here.filter(({ name }) => name !== UNNAMED).map(({ name }) => name.replace(/ \(guest\)$/, ''));
  const names = [...new Set([...present, ...listed.map(({ name }) => name)])];
  return withInitials(names, listed);
}

/** Who is here, with the name I have just given (null: none yet): the server tells of it a moment later. */
export function withMyName(here: Here, me: string, shown: string | null): Here {
  if (shown === null || !here.people.some(({ id, name }) => id === me && name !== shown)) return here;
  return { ...here, people: here.people.map((person) => (person.id === me ? { ...person, name: shown } : person)) };
}
