import { LACKS, type Lack, lacks } from '#core/outcomes/filter.ts';
import { OUTCOMES, type OutcomeKind } from '#core/outcomes/kinds.ts';
import type { BoardRow } from './board-rows.ts';

export const KIND_PLURALS: Readonly<Record<OutcomeKind, string>> = {
  decision: 'Decisions',
  action: 'Actions',
  question: 'Questions',
  gap: 'Gaps',
};

const LACK_WORDS: Readonly<Record<Lack, { one: string; many: string }>> = {
  owner: { one: 'action without owner', many: 'actions without owner' },
  answer: { one: 'question without answer', many: 'questions without answer' },
};

/** "sense of the room" as it begins a sentence. */
export function stateWords(state: string): string {
  return state.charAt(0).toUpperCase() + state.slice(1);
}

/** "13 outcomes from 4 of 20 sessions." */
export function summary(rows: readonly BoardRow[], sessions: number): string {
  const from = new Set(rows.map(({ session }) => session)).size;
  if (rows.length === 0) return `Nothing is marked in the ${counted(sessions, 'session')} yet.`;
  return `${counted(rows.length)} from ${from} of ${counted(sessions, 'session')}.`;
}

export function counted(count: number, what = 'outcome'): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

/** What nobody has taken or answered, where there is any. */
export function lacking(rows: readonly BoardRow[]): { what: Lack; words: string }[] {
  return LACKS.flatMap((what) => {
    const count = rows.filter((row) => lacks(row, what)).length;
    const { one, many } = LACK_WORDS[what];
    return count === 0 ? [] : [{ what, words: `${count.toLocaleString('en')} ${count === 1 ? one : many}` }];
  });
}

/** "6, 1 done". */
export function groupCount(rows: readonly BoardRow[]): string {
  const done = rows.filter(({ state }) => state === 'done').length;
  return done === 0 ? String(rows.length) : `${rows.length}, ${done} done`;
}

/** The values of a filter in words. */
export function filterWords(name: string, value: string, titleOf: (name: string, value: string) => string): string {
  if (name === 'kind' && Object.hasOwn(OUTCOMES, value)) return KIND_PLURALS[value as OutcomeKind];
  if (name === 'state') return stateWords(value);
  if (name === 'lack') return value === 'owner' ? 'Actions without owner' : 'Questions without answer';
  if (name === 'q') return `“${value}”`;
  return titleOf(name, value);
}
