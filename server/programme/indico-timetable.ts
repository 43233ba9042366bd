import type { Break } from '#core/event/model.ts';
import type { Field } from './field.ts';
import { readAttachments, readBreak, readFolders, readRoom, readUrl, requiredInstant } from './indico-parts.ts';
import { once, readIndicoPeople, withoutAddresses } from './people.ts';
import type { Choice, Conference, Contribution } from './programme.ts';

/**
 * Reads `results` of /export/timetable/ID.json: `results[eventId][YYYYMMDD][key]`. Only what is scheduled is here, and breaks
 * are only here. What runs past midnight stands under both days and is read once.
 */
export function readIndicoTimetable(results: Field, host: string): Conference {
  const [event, another] = results.members();
  if (event === undefined || another !== undefined) return results.expected('the timetable of one event');
  const days = event[1].members();
  const [first, last] = [days.map(dayOf).toSorted()[0], days.map(dayOf).toSorted().at(-1)];
  if (first === undefined || last === undefined)
    return event[1].expected('days such as “20231115” (the timetable may not be published yet)');
  const entries = oncePerKey(days.flatMap(([, day]) => day.members()));
  const outside = collect(entries, host);
  return {
    shape: 'indico-timetable',
    ...{
      host,
      number: /^\d+$/.test(event[0]) ? event[0] : null,
      title: null,
      venue: entries[0]?.get('location').line() ?? null,
    },
    ...{ zone: zoneOf(entries), saysZone: false, start: first, end: last },
    ...{ url: null, chairs: null },
    choices: readBlocks(entries.filter(isBlock), host),
    loose: outside.contributions,
    breaks: outside.breaks,
  };
}

function dayOf([name, day]: [string, Field]): string {
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(name);
  return match === null ? day.expected('a day such as “20231115” as its name') : `${match[1]}-${match[2]}-${match[3]}`;
}

function oncePerKey(entries: readonly [string, Field][]): Field[] {
  return [...new Map(entries.toReversed()).values()].toReversed();
}

/** The timetable does not name the event's zone, only the one its times are written in. */
function zoneOf(entries: readonly Field[]): string {
  const first = entries[0]?.get('startDate');
  if (first === undefined) return 'UTC';
  requiredInstant(first);
  return first.get('tz').text();
}

function isBlock(entry: Field): boolean {
  return typeOf(entry) === 'Session';
}

function typeOf(entry: Field): string {
  const type = entry.get('entryType').textIfAny();
  const known = ['Session', 'Contribution', 'Break'].includes(type);
  return known ? type : entry.get('entryType').expected('Session, Contribution or Break');
}

/** Contributions and breaks among the entries, not those inside blocks. */
function collect(entries: readonly Field[], host: string): { contributions: Contribution[]; breaks: Break[] } {
  return {
    contributions: entries.filter((entry) => typeOf(entry) === 'Contribution').map((entry) => readEntry(entry, host)),
    breaks: entries.filter((entry) => typeOf(entry) === 'Break').map(readBreak),
  };
}

function readBlocks(blocks: readonly Field[], host: string): Choice[] {
  const choices = new Map<string, Choice>();
  for (const block of blocks) {
    const number = block.get('sessionId').number() ?? block.get('sessionId').expected('the number of the session');
    const entries = block.get('entries');
    const inside = collect(entries.missing ? [] : oncePerKey(entries.members()), host);
    const known = choices.get(number);
    choices.set(number, {
      number,
      title: known?.title ?? withoutAddresses(block.get('title').requiredLine('the title of the session')),
      url: readUrl(block.get('url'), host),
      conveners: once([...(known?.conveners ?? []), ...readIndicoPeople(block.get('conveners'))]),
      contributions: [...(known?.contributions ?? []), ...inside.contributions],
      breaks: [...(known?.breaks ?? []), ...inside.breaks],
    });
  }
  return [...choices.values()];
}

function readEntry(entry: Field, host: string): Contribution {
  const number = entry.get('contributionId').number();
  if (number === null) return entry.get('contributionId').expected('the number of the contribution');
  const attachments = entry.get('attachments');
  const materials = attachments.missing
    ? []
    : [...readAttachments(attachments.get('files'), host), ...readFolders(attachments.get('folders'), host)];
  return {
    key: `indico:${host}:${number}`,
    number,
    title: withoutAddresses(entry.get('title').requiredLine('a title')),
    start: requiredInstant(entry.get('startDate')),
    minutes: entry.get('duration').minutes(),
    room: readRoom(entry),
    people: readIndicoPeople(entry.get('presenters')),
    url: readUrl(entry.get('url'), host),
    materials,
    description: '',
    place: entry.place,
  };
}
