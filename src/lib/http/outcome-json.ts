import type { Event } from '#core/event/model.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
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

const KINDS = ['decision', 'action', 'question', 'gap'];

/** What an asker may narrow the list by: several values of one name widen it, several names narrow it. Throws input errors. */
export function outcomeFilter(asked: URLSearchParams, event: Event): (outcome: OutcomeJson) => boolean {
  for (const name of asked.keys())
    if (!Object.hasOwn(TESTS, name))
      throw inputError(name, `Outcomes are filtered by ${Object.keys(TESTS).join(', ')}.`);
  for (const kind of asked.getAll('kind'))
    if (!KINDS.includes(kind)) throw inputError('kind', `The kind must be one of ${KINDS.join(', ')}.`);
  for (const slug of asked.getAll('session'))
    if (!event.sessions.some((session) => session.slug === slug))
      throw inputError('session', `There is no session "${slug}" in this event.`);
  for (const name of ['state', 'owner'])
    if (asked.getAll(name).some((value) => value.trim() === ''))
      throw inputError(name, `The ${name} must not be empty.`);
  const tests = Object.entries(TESTS).flatMap(([name, test]) => {
    const values = asked.getAll(name).map(folded);
    return values.length > 0 ? [(outcome: OutcomeJson) => values.some((value) => test(outcome, value))] : [];
  });
  return (outcome) => tests.every((test) => test(outcome));
}

/** `value` is folded. */
const TESTS: Readonly<Record<string, (outcome: OutcomeJson, value: string) => boolean>> = {
  kind: ({ kind }, value) => kind === value,
  state: ({ state }, value) => folded(state) === value,
  session: ({ session }, value) => session === value,
  owner: ({ owners }, value) => owners.some((owner) => folded(owner) === value),
};

/** As people compare names: without case and accents. */
function folded(text: string): string {
  return text.trim().normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
