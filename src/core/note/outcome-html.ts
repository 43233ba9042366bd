import { dueWords } from '../outcomes/due-words.ts';
import { ownersOf, type OutcomeFacts } from '../outcomes/facts.ts';
import { OUTCOMES } from '../outcomes/kinds.ts';

/** The facts as attributes of its element, without those that are empty. */
export function outcomeData({ kind, ...facts }: OutcomeFacts): Record<string, string> {
  const given = Object.entries(facts).filter(([, value]) => value !== '');
  return { 'data-outcome': kind, ...Object.fromEntries(given.map(([name, value]) => [`data-${name}`, value])) };
}

/** What stands before the text: the word of the kind, and the short id. */
export function outcomeHead({ kind, short }: OutcomeFacts): { word: string; short: string } {
  return { word: OUTCOMES[kind], short: short || 'new' };
}

/** What is said below the text, each in words. Only of an action it is said that nobody owns it. */
export function outcomeDetails({ kind, state, owners, due, more }: OutcomeFacts): Record<Detail, string> {
  return {
    state: `${state.slice(0, 1).toUpperCase()}${state.slice(1)}`,
    owners: ownersOf(owners).join(', ') || (kind === 'action' ? 'No owner' : ''),
    due: due && `due ${dueWords(due)}`,
    more,
  };
}

type Detail = 'state' | 'owners' | 'due' | 'more';
