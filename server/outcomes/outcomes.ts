import type { OutcomeService } from '../context.ts';
import type { OutcomeTables } from '../store/outcomes.ts';

/** Outcomes as pages and API read them. */
export function createOutcomes(tables: Pick<OutcomeTables, 'find'>): OutcomeService {
  return {
    async place(short) {
      const found = await tables.find(short);
      return found && { event: found.eventSlug, session: found.sessionSlug, short: found.short };
    },
  };
}
