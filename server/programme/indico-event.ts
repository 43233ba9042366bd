import { wallTimeOf } from '#core/event/times.ts';
import type { Field } from './field.ts';
import { numberInUrl, readFolders, readInstant, readRoom, readUrl, readZone, requiredInstant } from './indico-parts.ts';
import { once, readIndicoPeople, withoutAddresses } from './people.ts';
import { type Choice, type Conference, type Contribution, foldTitle } from './programme.ts';

/**
 * Reads `results[0]` of /export/event/ID.json with detail contributions, subcontributions or sessions. Times may be written in
 * any zone (without `tz=` the server's own is used); they become instants before anything else is done with them.
 */
export function readIndicoEvent(event: Field, host: string): Conference {
  const zone = readZone(event.get('timezone'));
  const contributions = event.get('contributions');
  const sessions = event.get('sessions');
  if (contributions.missing && sessions.missing)
    contributions.expected('the contributions (export with detail=contributions or detail=sessions)');
  const read = contributions.itemsIfAny().map((item) => readContribution(item, host));
  const chairs = readIndicoPeople(event.get('chairs'));
  return {
    shape: sessions.missing ? 'indico-contributions' : 'indico-sessions',
    host,
    number: event.get('id').number(),
    title: withoutAddresses(event.get('title').requiredLine('the title of the event')),
    zone,
    saysZone: true,
    start: wallTimeOf(requiredInstant(event.get('startDate')), zone).date,
    end: wallTimeOf(requiredInstant(event.get('endDate')), zone).date,
    venue: event.get('location').line(),
    url: readUrl(event.get('url'), host),
    chairs: chairs.length > 0 ? chairs : null,
    choices: sessions.missing ? byTitle(read) : readBlocks(sessions, host),
    loose: sessions.missing ? withoutSession(read) : read.map(({ contribution }) => contribution),
    breaks: null,
  };
}

interface Read {
  /** Title of the session, the only thing this shape says of it. */
  session: string | null;
  contribution: Contribution;
}

function readContribution(field: Field, host: string): Read {
  const url = readUrl(field.get('url'), host);
  const number = field.get('db_id').number() ?? numberInUrl(url ?? '', 'contributions');
  if (number === null) return field.get('db_id').expected('the number of the contribution');
  const start = readInstant(field.get('startDate'));
  return {
    session: field.get('session').line(),
    contribution: {
      key: `indico:${host}:${number}`,
      number,
      title: withoutAddresses(field.get('title').requiredLine('a title')),
      start,
      minutes: field.get('duration').minutes() ?? minutesBetween(start, readInstant(field.get('endDate'))),
      room: readRoom(field),
      people: readIndicoPeople(field.get('speakers')),
      url,
      materials: readFolders(field.get('folders'), host),
      description: field.get('description').textIfAny(),
      place: field.place,
    },
  };
}

function minutesBetween(start: string | null, end: string | null): number | null {
  if (start === null || end === null) return null;
  const minutes = Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
  return minutes > 0 ? minutes : null;
}

function withoutSession(read: readonly Read[]): Contribution[] {
  return read.filter(({ session }) => session === null).map(({ contribution }) => contribution);
}

function byTitle(read: readonly Read[]): Choice[] {
  const inSession = read.filter(({ session }) => session !== null);
  return [...Map.groupBy(inSession, ({ session }) => foldTitle(session ?? ''))].map(([, group]) => ({
    ...{ number: null, title: group[0]?.session ?? '', url: null, conveners: null, breaks: null },
    contributions: group.map(({ contribution }) => contribution),
  }));
}

/** Indico lists one block for each slot; the blocks of one session are one choice. */
function readBlocks(sessions: Field, host: string): Choice[] {
  const choices = new Map<string, Choice>();
  for (const block of sessions.items()) {
    const session = block.get('session');
    const url = readUrl(session.get('url'), host) ?? readUrl(block.get('url'), host);
    const number = session.get('db_id').number() ?? numberInUrl(url ?? '', 'sessions');
    if (number === null) return session.get('db_id').expected('the number of the session');
    const known = choices.get(number);
    const conveners = [
      ...readIndicoPeople(session.get('sessionConveners')),
      ...readIndicoPeople(block.get('conveners')),
    ];
    choices.set(number, {
      ...{ number, url, breaks: null },
      title: known?.title ?? session.get('title').line() ?? block.get('title').requiredLine('the title of the session'),
      conveners: once([...(known?.conveners ?? []), ...conveners]),
      contributions: [
        ...(known?.contributions ?? []),
        ...block
          .get('contributions')
          .itemsIfAny()
          .map((item) => readContribution(item, host).contribution),
      ],
    });
  }
  return [...choices.values()];
}
