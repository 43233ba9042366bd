import type { Event, Session } from '../event/model.ts';
import { pathTitle } from '../event/topics.ts';
import { knownPeopleOf } from '../event/settle/people.ts';
import { type NoFilter, outcomeFilter, type PlacedOutcome } from '../outcomes/filter.ts';

/** What goes out of an event. */
export interface Choice {
  session: (session: Session) => boolean;
  outcome: (outcome: PlacedOutcome) => boolean;
  /** By what outcomes were chosen, as a person says it. */
  chosen: { field: string; words: string }[];
  /** Outcomes are left out, so the text of the notes is too. */
  narrowed: boolean;
}

/** These choose sessions, with all that is in them. */
const OF_SESSIONS = new Set(['session', 'topic']);

/** Reads a choice as the filter of the board stands in an address. What is refused chooses nothing. */
export function choiceOf(asked: URLSearchParams, event: Event): { choice: Choice; refused: NoFilter[] } {
  const { wants, refused } = outcomeFilter(asked, event, knownPeopleOf(event));
  const given = [...asked].filter(([field, value]) => !isRefused(field, value, event));
  const sessions = outcomeFilter(new URLSearchParams(given.filter(([field]) => OF_SESSIONS.has(field))), event).wants;
  return {
    choice: {
      session: ({ slug }) => sessions({ ...NOTHING, session: slug }),
      outcome: wants,
      chosen: given.flatMap(([field, value]) =>
        field === 'session'
          ? []
          : [{ field, words: field === 'topic' ? (pathTitle(event.topics, value) ?? value) : value }],
      ),
      narrowed: given.some(([field]) => !OF_SESSIONS.has(field)),
    },
    refused,
  };
}

const isRefused = (field: string, value: string, event: Event): boolean =>
  outcomeFilter(new URLSearchParams([[field, value]]), event).refused.length > 0;

const NOTHING: PlacedOutcome = {
  ...{ id: '', short: '', kind: 'gap', state: '', owners: [], due: '', more: '', text: '', heading: null },
  ...{ session: '', position: 0 },
};

/** All of it. */
export const EVERYTHING: Choice = { session: () => true, outcome: () => true, chosen: [], narrowed: false };
