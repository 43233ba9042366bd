import { CHANGEABLE, type FactChange } from '#core/outcomes/change-fact.ts';
import { inputError } from '#lib/http/input-error.ts';

/** What a form comes back with when it was sent without scripts and refused. */
export interface BoardBack {
  form: 'name' | 'fact';
  /** Of the form of a fact. */
  fact?: string;
  typed: string;
  message: string;
}

/** A change as somebody sent it. Throws an input error when there is no such fact. */
export function factChangeIn(id: string, sent: { fact: string; was: string; value: string }): FactChange {
  const fact = CHANGEABLE.find((known) => known === sent.fact);
  if (fact === undefined) throw inputError('fact', `The fact must be one of ${CHANGEABLE.join(', ')}.`);
  return { id, fact, was: sent.was, value: sent.value };
}
