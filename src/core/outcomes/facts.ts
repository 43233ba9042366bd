import { isOutcomeId, shortId } from './short-id.ts';
import { outcomeKind, type OutcomeKind, STATES } from './kinds.ts';

/** What an outcome is beside its text: the attributes of its node, all of them strings. */
export interface OutcomeFacts {
  /** Random, set when it is made; empty when nobody did. */
  id: string;
  /** `PCI23-A7`; empty until the server has given it. */
  short: string;
  kind: OutcomeKind;
  /** One of `STATES` of the kind. */
  state: string;
  /** Names, joined by `; `. */
  owners: string;
  /** A date such as `2023-12-01`, or words such as `before v6.20 merge window`. */
  due: string;
  /** Why it was dropped, where it was posted or moved. */
  more: string;
}

/** The facts of attributes of any type: they arrive by Yjs unchecked. What is no such thing counts as not given. */
export function outcomeFacts(attrs: Readonly<Record<string, unknown>> = {}): OutcomeFacts {
  const kind = outcomeKind(attrs['kind']);
  const state = STATES[kind].find((each) => each === attrs['state']) ?? STATES[kind][0];
  return {
    id: isOutcomeId(attrs['id']) ? attrs['id'] : '',
    short: shortId(attrs['short']) ?? '',
    kind,
    state,
    owners: joinOwners(ownersOf(attrs['owners'])),
    due: line(attrs['due']),
    more: line(attrs['more']),
  };
}

/** The names of owners, each once. */
export function ownersOf(owners: unknown): string[] {
  const names = typeof owners === 'string' ? owners.split(';').map(line) : [];
  return [...new Set(names.filter((name) => name !== ''))];
}

export function joinOwners(names: readonly string[]): string {
  return names.join('; ');
}

/** One line of text without what cannot be seen. */
function line(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}
