import { ownersOf, type OutcomeFacts } from './facts.ts';
import { STATES } from './kinds.ts';

const HEADS = { decision: 'DECISION', action: 'ACTION', question: 'Q', gap: '???' } as const;

/** The words before and after the text of an outcome in a text form, as `outcomeWords` reads them. */
export interface OutcomeLine {
  before: string;
  after: string;
}

/**
 * `ACTION @Ana Bo: ` and ` (due 2023-12-01) [PCI23-A7]`. `safe` makes what people wrote ready for the form. The state is left out
 * where it is that of a new one, and where a box before the line says it.
 */
export function outcomeLine(facts: OutcomeFacts, boxed: boolean, safe: (words: string) => string): OutcomeLine {
  const { kind, state, due, more, short } = facts;
  const said = more !== '' || (state !== STATES[kind][0] && !(boxed && state === 'done'));
  const after = [
    due && `(due ${safe(due)})`,
    said && `(${state}${more && `: ${safe(more)}`})`,
    short && `[${short}]`,
  ].filter((part) => part !== false && part !== '');
  return { before: head(facts, safe), after: after.map((part) => ` ${part}`).join('') };
}

function head({ kind, owners }: OutcomeFacts, safe: (words: string) => string): string {
  const names = ownersOf(owners);
  if (names.length === 0)
    return { decision: 'DECISION:', action: 'ACTION (no owner):', question: 'Q:', gap: '???' }[kind];
  // A name may hold what stands between names; after a semicolon nothing else does.
  const only = names.length === 1 && names.some((name) => /[,+&]|\sand\s/.test(name)) ? ';' : '';
  return `${HEADS[kind]} ${names.map((name) => `@${safe(name)}`).join('; ')}${only}:`;
}
