import type { DatabaseSync } from 'node:sqlite';
import type { OutcomePlace } from '../outcomes.ts';

/** Reading side of OutcomeTables. */
export function outcomeFinder(db: DatabaseSync): (short: string) => OutcomePlace | null {
  const find = db.prepare(`
    SELECT event.slug AS eventSlug, session.slug AS sessionSlug, short
    FROM outcome JOIN session ON session.note = outcome.note JOIN event ON event.id = outcome.event WHERE short = ?`);
  return (short) => (find.get(short) as unknown as OutcomePlace | undefined) ?? null;
}
