import type { Outcome } from './outcomes-of.ts';
import { STATES } from './kinds.ts';

/** How far an outcome is, as a sign beside the word of its state. */
export type StateLook = 'said' | 'open' | 'half' | 'full';

const LOOKS: Readonly<Record<string, StateLook>> = {
  ...{ 'sense of the room': 'said', posted: 'half', changed: 'half', 'no objection': 'full', rejected: 'full' },
  ...{ open: 'open', blocked: 'half', 'moved to list': 'half', done: 'full', dropped: 'full' },
  ...{ answered: 'full', filled: 'full' },
};

export function stateLook(state: string): StateLook {
  return LOOKS[state] ?? 'open';
}

/** What an outcome lacks that somebody should see to; null when nothing. */
export function lackOf({ kind, state, owners }: Pick<Outcome, 'kind' | 'state' | 'owners'>): string | null {
  if (kind === 'action' && owners.length === 0 && (state === 'open' || state === 'blocked')) return 'No owner';
  if (kind === 'question' && state === STATES.question[0]) return 'No answer';
  return null;
}
