/** What a line of a note may be marked as, with the word it is shown by. */
export const OUTCOMES = {
  decision: 'Decision',
  action: 'Action',
  question: 'Question',
  gap: 'Gap',
} as const;

export type OutcomeKind = keyof typeof OUTCOMES;

export const OUTCOME_KINDS = Object.keys(OUTCOMES) as OutcomeKind[];

/** The states of each kind, as they are kept and as they are written; the first is that of a new one. */
export const STATES: Readonly<Record<OutcomeKind, readonly [string, ...string[]]>> = {
  decision: ['sense of the room', 'posted', 'no objection', 'changed', 'rejected'],
  action: ['open', 'done', 'dropped', 'blocked', 'moved to list'],
  question: ['open', 'answered'],
  gap: ['open', 'filled'],
};

/** The state by which one key says that there is nothing left to do. */
const ENDS: Readonly<Record<OutcomeKind, string>> = {
  decision: 'posted',
  action: 'done',
  question: 'answered',
  gap: 'filled',
};

/** The state after that key: the end, and from there the beginning again. */
export function doneOrOpen(kind: OutcomeKind, state: string): string {
  return state === ENDS[kind] ? STATES[kind][0] : ENDS[kind];
}

/** An attribute that is no kind counts as a gap: something to look at. */
export function outcomeKind(value: unknown): OutcomeKind {
  return typeof value === 'string' && Object.hasOwn(OUTCOMES, value) ? (value as OutcomeKind) : 'gap';
}
