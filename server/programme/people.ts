import type { Person } from '#core/event/model.ts';
import { spellingsOf } from '#core/event/names.ts';
import { cleanLine } from '#core/event/plain-line.ts';
import type { Field } from './field.ts';

const ADDRESS = /[\p{L}\p{N}._%+=-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;

/** E-mail addresses of a source are never kept, wherever they stand. What is left says that one was there. */
export function withoutAddresses(text: string): string {
  return text.replace(ADDRESS, '(address)');
}

/** `Name (Affiliation)`, with or without an address behind it; null when no name is left. */
export function readPerson(text: string, affiliation: string | null): Person | null {
  const bare = cleanLine(text.replace(/<[^<>]*>/g, ' ').replace(ADDRESS, ' '));
  const match = /^(.+?)\s*\(([^()]*)\)$/.exec(bare);
  const name = match?.[1] ?? bare;
  if (name === '') return null;
  return { name, affiliation: affiliation ?? (match?.[2] || null) };
}

/** A person as Indico writes one: only name and affiliation are read; `emailHash`, numbers and the rest are left behind. */
function readIndicoPerson(field: Field): Person | null {
  const first = field.get('first_name').line() ?? field.get('firstName').line();
  const last = field.get('last_name').line() ?? field.get('familyName').line();
  const name =
    [first, last].filter((part) => part !== null).join(' ') ||
    (field.get('fullName').line() ?? field.get('name').line());
  const affiliation = field.get('affiliation').line();
  return name === null ? null : readPerson(name, affiliation === null ? null : withoutAddresses(affiliation));
}

/** Everybody once, in the source's order. */
export function readIndicoPeople(list: Field): Person[] {
  return once(list.itemsIfAny().flatMap((item) => readIndicoPerson(item) ?? []));
}

/** Each person once, at the first place, with the first affiliation that somebody gave. */
export function once(people: readonly Person[]): Person[] {
  const found = new ByName<Person>();
  for (const person of people) {
    const known = found.get(person.name);
    if (known === undefined) found.add(person.name, { ...person });
    else known.affiliation ??= person.affiliation;
  }
  return found.values;
}

/** Things by a person's name, however it is spelt. */
export class ByName<T> {
  readonly values: T[] = [];
  readonly #bySpelling = new Map<string, T>();

  get(name: string): T | undefined {
    return spellingsOf(name)
      .map((spelling) => this.#bySpelling.get(spelling))
      .find((value) => value !== undefined);
  }

  add(name: string, value: T): void {
    this.values.push(value);
    for (const spelling of spellingsOf(name))
      if (!this.#bySpelling.has(spelling)) this.#bySpelling.set(spelling, value);
  }
}
