import type { EventPerson, Person, PersonRole } from '#core/event/model.ts';
import { inAgendaOrder } from '#core/event/agenda.ts';
import type { EventRecord, SessionRecord } from '../store/tables.ts';
import { ByName, once } from './people.ts';
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
  const everybody = new ByName<EventPerson>();
  for (const [role, people] of groups)
    for (const { name, affiliation } of people) {
      const known = everybody.get(name);
      if (known === undefined) everybody.add(name, { name, affiliation, roles: [role] });
      else {
        // What a talk says of its speaker is the newest.
        known.affiliation = affiliation ?? known.affiliation;
        if (!known.roles.includes(role)) known.roles.push(role);
      }
    }
  return everybody.values;
}

function inRole(stored: EventRecord | null, role: PersonRole): Person[] {
  return (stored?.people ?? [])
    .filter((person) => person.roles.includes(role))
    .map(({ name, affiliation }) => ({ name, affiliation }));
}
