import { findReferences } from '../../references/find.ts';
import { KERNEL } from '../../references/kernel/pack.ts';
import { type Checked, refuse } from '../checked.ts';
import type { Person } from '../model.ts';
import { spellingsOf } from '../names.ts';
import { collapse, hasUnwanted, isVisible, lengthOf } from '../plain-line.ts';
import { instantOf, isDate, isZone } from '../times.ts';

/** A title, room or name is one line; longer ones are something else in the wrong place. */
const LINE_LIMIT = 200;
const LISTS_LIMIT = 20;
const WORDS_LIMIT = 500;
const WORD_LIMIT = 60;
const PEOPLE_LIMIT = 50;
/** What RFC 5321 allows an address. */
const ADDRESS_LIMIT = 254;
const DAY_MINUTES = 24 * 60;

/** One line of plain text; `''` where `needed` is null and nothing was typed. */
export function checkLine(text: string, needed: string | null, limit = LINE_LIMIT): Checked<string> {
  const line = collapse(text);
  if (line === '' && needed === null) return { ok: true, value: '' };
  if (!isVisible(line)) return refuse('', needed ?? 'At least one letter or digit is needed.');
  if (hasUnwanted(line)) return refuse('', 'There are invisible or direction-changing characters in it. Type it anew.');
  if (lengthOf(line) > limit) return refuse('', `Too long: at most ${limit} characters.`);
  return { ok: true, value: line };
}

export function checkDay(text: string): Checked<string> {
  const day = text.trim();
  return isDate(day) ? { ok: true, value: day } : refuse('', 'Expected a day of the calendar, such as 2026-10-05.');
}

export function checkZone(text: string): Checked<string> {
  const zone = text.trim();
  return zone.length <= 60 && isZone(zone)
    ? { ok: true, value: zone }
    : refuse('', 'Expected the name of a time zone, such as Europe/Prague or America/New_York.');
}

/** Letters and two digits, as short ids are read everywhere. */
export function checkPrefix(text: string): Checked<string> {
  const prefix = text.trim().toUpperCase();
  return /^[A-Z]{1,10}\d{2}$/.test(prefix)
    ? { ok: true, value: prefix }
    : refuse('', 'Expected 1 to 10 letters and two digits, such as PCI23.');
}

/** Wall time in the event's zone (`2023-11-15T10:00`), or nothing; the value is the instant. */
export function checkStart(text: string, zone: string): Checked<string | null> {
  const typed = text.trim();
  if (typed === '') return { ok: true, value: null };
  const [date = '', time = ''] = typed.split(/[T ]/);
  const start = instantOf(date, time, zone);
  return start === null
    ? refuse('', 'Expected a day and a time, such as 2026-10-05T10:30.')
    : { ok: true, value: start };
}

export function checkMinutes(text: string): Checked<number | null> {
  const typed = text.trim();
  if (typed === '') return { ok: true, value: null };
  const minutes = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
  return minutes > 0 && minutes <= DAY_MINUTES
    ? { ok: true, value: minutes }
    : refuse('', `Expected whole minutes, 1 to ${DAY_MINUTES}.`);
}

/** Addresses of lists, each on its own line or with commas between. */
export function checkLists(text: string): Checked<string[]> {
  const lists = [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
  const wrong = lists.find(
    (one) => one.length > ADDRESS_LIMIT || !/^[\w.!#$%&'*+/=?^{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(one),
  );
  if (wrong !== undefined)
    return refuse(
      '',
      `Expected addresses such as linux-pci@vger.kernel.org, one a line; “${collapse(wrong).slice(0, 60)}” is none.`,
    );
  if (lists.length > LISTS_LIMIT) return refuse('', `At most ${LISTS_LIMIT} lists.`);
  return { ok: true, value: lists };
}

/** A Message-ID with or without brackets, or the address of the message in an archive; the value is the bare id. */
export function checkThread(text: string): Checked<string | null> {
  const typed = text.trim().replace(/^message-id:\s*/i, '');
  if (typed === '') return { ok: true, value: null };
  const id = idOfAddress(typed) ?? /^<?([^<>\s]+)>?$/.exec(typed)?.[1] ?? '';
  return id.length <= 250 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[\w.[\]:-]+$/.test(id)
    ? { ok: true, value: id }
    : refuse(
        '',
        'Expected a Message-ID, such as 20231102031828.GA951173@rocinante, or its address on lore.kernel.org.',
      );
}

function idOfAddress(typed: string): string | null {
  if (!/^https?:/i.test(typed) || typed.length > 1000) return null;
  const [found] = findReferences(typed, KERNEL);
  return found?.from === 0 && found.key.startsWith('message:') ? found.key.slice('message:'.length) : null;
}

/** Words with commas or lines between. */
export function checkWords(text: string): Checked<string[]> {
  const words = new Set<string>();
  for (const typed of text.split(/[\n,;]+/)) {
    const word = checkLine(typed, null, WORD_LIMIT);
    if (!word.ok) return refuse('', `“${[...collapse(typed)].slice(0, 30).join('')}”: ${word.message}`);
    if (word.value !== '') words.add(word.value);
  }
  return words.size > WORDS_LIMIT ? refuse('', `At most ${WORDS_LIMIT} words.`) : { ok: true, value: [...words] };
}

/** `Name (Affiliation)`, one a line. */
export function checkSpeakers(text: string): Checked<Person[]> {
  const people: Person[] = [];
  for (const typed of text.split('\n')) {
    const line = checkLine(typed, null, LINE_LIMIT);
    if (!line.ok) return line;
    if (line.value === '') continue;
    const match = /^(.+?)\s*\(([^()]*)\)$/.exec(line.value);
    const name = match?.[1] ?? line.value;
    if (!people.some((one) => sameName(one.name, name))) people.push({ name, affiliation: match?.[2] || null });
  }
  return people.length > PEOPLE_LIMIT ? refuse('', `At most ${PEOPLE_LIMIT} people.`) : { ok: true, value: people };
}

export function speakersText(people: readonly Person[]): string {
  return people.map(({ name, affiliation }) => (affiliation === null ? name : `${name} (${affiliation})`)).join('\n');
}

/** One of the words for a thing that can only be one of them. */
export function checkChoice<C extends string>(text: string, choices: readonly C[]): Checked<C> {
  const chosen = choices.find((choice) => choice === text);
  return chosen === undefined ? refuse('', 'Choose one of the list.') : { ok: true, value: chosen };
}

export function sameName(one: string, other: string): boolean {
  const spellings = spellingsOf(one);
  return spellingsOf(other).some((spelling) => spellings.includes(spelling));
}
