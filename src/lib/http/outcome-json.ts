import type { Event } from '#core/event/model.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import { OUTCOME_KINDS, STATES } from '#core/outcomes/kinds.ts';
import { inputError } from './input-error.ts';

/** An outcome in the public JSON: scripts rely on it, so every field is named here. */
export interface OutcomeJson extends Outcome {
  /** Slug of the session whose note it stands in, and its place there, from 0. */
  session: string;
  position: number;
}

interface OutcomesOfSession {
  sessionId: string;
  outcomes: Outcome[];
}

/** In the order of the programme, then of the note. */
export function outcomesJson(event: Event, found: readonly OutcomesOfSession[]): OutcomeJson[] {
  const bySession = new Map(found.map((one) => [one.sessionId, one.outcomes]));
  return event.sessions.flatMap((session) =>
    (bySession.get(session.id) ?? []).map(
      ({ id, short, kind, state, owners, due, more, text, heading }, position): OutcomeJson => ({
        ...{ id, short, kind, state, owners, due, more, text, heading },
        ...{ session: session.slug, position },
      }),
    ),
  );
}

const ALL_STATES = [...new Set(Object.values(STATES).flat())];

/** What an asker may narrow the list by: several values of one name widen it, several names narrow it. Throws input errors. */
export function outcomeFilter(asked: URLSearchParams, event: Event): (outcome: OutcomeJson) => boolean {
  for (const name of asked.keys())
    if (!Object.hasOwn(TESTS, name))
      throw inputError(name, `Outcomes are filtered by ${Object.keys(TESTS).join(', ')}.`);
  for (const kind of asked.getAll('kind'))
    if (!OUTCOME_KINDS.some((known) => known === kind))
      throw inputError('kind', `The kind must be one of ${OUTCOME_KINDS.join(', ')}.`);
  for (const state of asked.getAll('state'))
    if (!ALL_STATES.includes(state)) throw inputError('state', `The state must be one of ${ALL_STATES.join(', ')}.`);
  for (const slug of asked.getAll('session'))
    if (!event.sessions.some((session) => session.slug === slug))
      throw inputError('session', `There is no session "${slug}" in this event.`);
  if (asked.getAll('owner').some((owner) => owner.trim() === ''))
    throw inputError('owner', 'The owner must not be empty.');
  const tests = Object.entries(TESTS).flatMap(([name, test]) => {
    const values = asked.getAll(name);
    return values.length > 0 ? [(outcome: OutcomeJson) => values.some((value) => test(outcome, value))] : [];
  });
  return (outcome) => tests.every((test) => test(outcome));
}

const TESTS: Readonly<Record<string, (outcome: OutcomeJson, value: string) => boolean>> = {
  kind: ({ kind }, value) => kind === value,
  state: ({ state }, value) => state === value,
  session: ({ session }, value) => session === value,
  owner: ({ owners }, value) => owners.some((owner) => folded(owner) === folded(value)),
};

/** As people compare names: without case and accents. */
function folded(text: string): string {
  return text.trim().normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
