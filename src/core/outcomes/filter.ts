import type { Event, Session } from '../event/model.ts';
import { walkTopics } from '../event/topics.ts';
import { OUTCOME_KINDS, STATES } from './kinds.ts';
import { ownerName } from './names.ts';
import type { Outcome } from './outcomes-of.ts';
import type { KnownPeople } from './signed.ts';

/** An outcome with its place in the event. */
export interface PlacedOutcome extends Outcome {
  /** Slug of the session whose note it stands in, and its place there, from 0. */
  session: string;
  position: number;
}

/** A wish that is none, in a sentence, with its name. */
export interface NoFilter {
  field: string;
  message: string;
}

export interface OutcomeFilter {
  /** Whether an outcome is asked for: several values of one name widen it, several names narrow it. */
  wants: (outcome: PlacedOutcome) => boolean;
  /** What was asked for and cannot be; it narrows nothing. */
  refused: NoFilter[];
}

type Asked = Pick<Event, 'topics'> & { sessions: readonly Pick<Session, 'slug' | 'topics'>[] };

interface Test {
  /** What is wrong with a value; null when nothing is. */
  refuse: (value: string, event: Asked) => string | null;
  /** Made once for each value, however many outcomes there are. */
  of: (value: string, event: Asked, people: KnownPeople) => (outcome: PlacedOutcome) => boolean;
}

const oneOf = (name: string, known: readonly string[]) => (value: string) =>
  known.includes(value) ? null : `The ${name} must be one of ${known.join(', ')}.`;
const filled = (name: string) => (value: string) => (value.trim() === '' ? `The ${name} must not be empty.` : null);

/** What is missing: an action nobody has taken, a question nobody has answered. */
export const LACKS = ['owner', 'answer'] as const;
export type Lack = (typeof LACKS)[number];

const LACKING: Readonly<Record<Lack, (outcome: Outcome) => boolean>> = {
  owner: ({ kind, owners }) => kind === 'action' && owners.length === 0,
  answer: ({ kind, state }) => kind === 'question' && state !== 'answered',
};

export function lacks(outcome: Outcome, what: Lack): boolean {
  return LACKING[what](outcome);
}

const NOBODY: KnownPeople = [];

const TESTS: Readonly<Record<string, Test>> = {
  kind: { refuse: oneOf('kind', OUTCOME_KINDS), of: (value) => (outcome) => outcome.kind === value },
  state: {
    refuse: oneOf('state', [...new Set(Object.values(STATES).flat())]),
    of: (value) => (outcome) => outcome.state === value,
  },
  session: {
    refuse: (value, { sessions }) =>
      sessions.some(({ slug }) => slug === value) ? null : `There is no session "${value}" in this event.`,
    of: (value) => (outcome) => outcome.session === value,
  },
  topic: {
    refuse: (value, { topics }) =>
      [...walkTopics(topics)].some(({ topic }) => topic.id === value)
        ? null
        : `There is no topic "${value}" in this event.`,
    of: (value, event) => {
      const slugs = new Set(sessionsOfTopic(event, value));
      return (outcome) => slugs.has(outcome.session);
    },
  },
  owner: {
    refuse: filled('owner'),
    of: (value, _, people) => {
      const wanted = folded(ownerName(value, people));
      return ({ owners }) => owners.some((owner) => folded(ownerName(owner, people)) === wanted);
    },
  },
  lack: {
    refuse: oneOf('lack', LACKS),
    of: (value) => (outcome) => LACKS.some((what) => what === value && lacks(outcome, what)),
  },
  q: {
    refuse: filled('text'),
    of: (value) => {
      const parts = folded(value).split(/\s+/);
      return (outcome) => {
        const words = folded(searched(outcome));
        return parts.every((part) => words.includes(part));
      };
    },
  },
};

/** The names a filter may have. */
const OUTCOME_FILTERS: readonly string[] = Object.keys(TESTS);

/** Reads a filter as it stands in an address: `kind=action&state=open&owner=Ana`. An owner is found as one of `people` (OU4). */
export function outcomeFilter(asked: URLSearchParams, event: Asked, people: KnownPeople = NOBODY): OutcomeFilter {
  const refused: NoFilter[] = [];
  const tests = [...new Set(asked.keys())].flatMap((field) => {
    const test = Object.hasOwn(TESTS, field) ? TESTS[field] : undefined;
    if (!test) {
      refused.push({ field, message: `Outcomes are filtered by ${OUTCOME_FILTERS.join(', ')}.` });
      return [];
    }
    const values = asked.getAll(field).filter((value) => {
      const message = test.refuse(value, event);
      if (message !== null) refused.push({ field, message });
      return message === null;
    });
    const any = values.map((value) => test.of(value, event, people));
    return any.length > 0 ? [(outcome: PlacedOutcome) => any.some((one) => one(outcome))] : [];
  });
  return { wants: (outcome) => tests.every((test) => test(outcome)), refused };
}

/** Slugs of the sessions of a topic and of those below it. */
function sessionsOfTopic({ sessions, topics }: Asked, id: string): string[] {
  const below = [...walkTopics(topics)].flatMap(({ topic, above }) =>
    topic.id === id || above.some((one) => one.id === id) ? [topic.id] : [],
  );
  return sessions.filter((session) => session.topics.some((topic) => below.includes(topic))).map(({ slug }) => slug);
}

const searched = ({ short, text, owners, due, more, heading }: Outcome): string =>
  [short, text, ...owners, due, more, heading?.text ?? ''].join('\n');

/** As people compare words: without case and accents. */
function folded(text: string): string {
  return text.trim().normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
