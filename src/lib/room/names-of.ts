import type { Person } from '#core/event/model.ts';
import { UNNAMED } from '#core/wire/initials.ts';
import type { HerePerson } from '#core/wire/messages.ts';

/**
 * Names of the people here and of the event, each once. A guest who gave a listed person's name is shown with a word behind it, which
 * nobody says.
 */
export function namesOf(listed: readonly Person[], here: readonly HerePerson[]): string[] {
  const present = here.filter(({ name }) => name !== UNNAMED).map(({ name }) => name.replace(/ \(guest\)$/, ''));
  return [...new Set([...present, ...listed.map(({ name }) => name)])];
}
