import type { Event } from '#core/event/model.ts';
import { knownPeopleOf } from '#core/event/settle/people.ts';
import { outcomeFilter, type PlacedOutcome } from '#core/outcomes/filter.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import { inputError } from './input-error.ts';

interface OutcomesOfSession {
  sessionId: string;
  outcomes: Outcome[];
}

/** The public JSON, in the order of the programme, then of the note: scripts rely on it, so every field is named here. */
export function outcomesJson(event: Event, found: readonly OutcomesOfSession[]): PlacedOutcome[] {
  const bySession = new Map(found.map((one) => [one.sessionId, one.outcomes]));
  return event.sessions.flatMap((session) =>
    (bySession.get(session.id) ?? []).map(
      ({ id, short, kind, state, owners, due, more, text, heading }, position): PlacedOutcome => ({
        ...{ id, short, kind, state, owners, due, more, text, heading },
        ...{ session: session.slug, position },
      }),
    ),
  );
}

/** The filter that a script asks for. Throws an input error for what is none. */
export function filterAsked(asked: URLSearchParams, event: Event): (outcome: PlacedOutcome) => boolean {
  const { wants, refused } = outcomeFilter(asked, event, knownPeopleOf(event));
  for (const { field, message } of refused) throw inputError(field, message);
  return wants;
}
