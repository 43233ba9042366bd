import type { Outcome } from '#core/outcomes/outcomes-of.ts';

export interface KeyedOutcome {
  outcome: Outcome;
  /** Its place among the outcomes of the note. */
  position: number;
  /** Of it alone in this list, and the same as long as it is there. */
  key: string;
}

/** Ids alone are no keys: two may have one until the server has set that right, and some have none. */
export function withKeys(outcomes: readonly Outcome[]): KeyedOutcome[] {
  const seen = new Map<string, number>();
  return outcomes.map((outcome, position) => {
    const before = seen.get(outcome.id) ?? 0;
    seen.set(outcome.id, before + 1);
    return { outcome, position, key: `${outcome.id} ${before}` };
  });
}
