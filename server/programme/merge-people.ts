import type { EventPerson, Person, PersonRole } from '#core/event/model.ts';
import { sameName } from '#core/event/names.ts';
import { inAgendaOrder } from '#core/event/agenda.ts';
import type { EventRecord, SessionRecord } from '../store/tables.ts';
import { once } from './people.ts';
import type { Programme } from './programme.ts';
import { hasPage } from './source-keys.ts';

/**
 * The people of the event: organizers, then key attendees, then speakers, each in the order of their source. Of each role only
 * the source that knows it has a say; of the key attendees the page text before Indico's description.
 */
export function mergePeople(
  stored: EventRecord | null,
  programme: Programme,
  sessions: readonly SessionRecord[],
  topics: EventRecord['topics'],
): EventPerson[] {
  const mayName = programme.shape === 'page-text' || !hasPage(stored);
  const named = mayName ? (programme.proposal?.keyAttendees ?? null) : null;
  const speakers = inAgendaOrder(sessions, topics)
    .filter((one) => !one.gone)
    .flatMap((one) => one.people);
  const groups: [PersonRole, Person[]][] = [
    ['organizer', programme.organizers ?? inRole(stored, 'organizer')],
    ['key attendee', named ?? inRole(stored, 'key attendee')],
    ['speaker', once(speakers)],
  ];
  const everybody = once(groups.flatMap(([, people]) => people));
  return everybody.map(({ name }) => {
    const entries = groups.flatMap(([role, people]) =>
      people.filter((one) => sameName(one.name, name)).map((person) => ({ role, person })),
    );
    // What a talk says of its speaker is the newest.
    const affiliation =
      entries.toReversed().find(({ person }) => person.affiliation !== null)?.person.affiliation ?? null;
    return { name, affiliation, roles: entries.map(({ role }) => role) };
  });
}

function inRole(stored: EventRecord | null, role: PersonRole): Person[] {
  return (stored?.people ?? [])
    .filter((person) => person.roles.includes(role))
    .map(({ name, affiliation }) => ({ name, affiliation }));
}
