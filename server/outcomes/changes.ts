import { changedMeanwhile, changeFact, type FactChange, type FactChanged } from '#core/outcomes/change-fact.ts';
import { knownPeopleOf, withSettledPeople } from '#core/event/settle/people.ts';
import type { OutcomeService, SessionPlace } from '../context.ts';
import { AccessError, InputError, NotFoundError, RefusedError } from '../errors.ts';
import type { Actor } from '../identity/actor.ts';
import { authorize } from '../identity/authorize.ts';
import type { EventTables } from '../store/tables.ts';
import type { Rooms } from '../sync/rooms.ts';

export interface ChangeParts {
  events: Pick<EventTables, 'get'>;
  rooms: Pick<Rooms, 'edit'>;
}

/** Changes of outcomes from outside their notes: there is one truth, so each is an edit in the note, by who made it. */
export function outcomeChanges({ events, rooms }: ChangeParts): Pick<OutcomeService, 'change'> {
  return {
    async change(actor: Actor, at: SessionPlace, change: FactChange) {
      const record = await events.get(at.event);
      const event = record && withSettledPeople(record);
      const session = event?.sessions.find(({ slug }) => slug === at.session);
      if (!event || !session) throw new NotFoundError(`There is no session ${at.event}/${at.session}.`);
      if (!authorize(actor, 'write', event)) throw new AccessError('You may read these outcomes, not change them.');
      if (actor.name === null) throw new InputError('name', 'A name is needed, so that others see who changes this.');
      const people = knownPeopleOf(event);
      let became: FactChanged = { kind: 'gone' };
      await rooms.edit(session.noteId, actor.id, (doc) => {
        became = changeFact(doc, change, people);
      });
      refuse(became, change);
    },
  };
}

function refuse(became: FactChanged, { fact }: FactChange): void {
  if (became.kind === 'gone') throw new NotFoundError('This outcome is no longer in the note. Nothing was changed.');
  if (became.kind === 'refused') throw new InputError(fact, became.message);
  if (became.kind === 'other') throw new RefusedError(409, changedMeanwhile(became.now));
}
