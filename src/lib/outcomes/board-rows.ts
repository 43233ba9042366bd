import type { PlacedOutcome } from '#core/outcomes/filter.ts';
import { isOutcomeId, outcomeAnchor } from '#core/outcomes/short-id.ts';
import type { BoardSession, SessionNews } from './board-data.ts';

export interface BoardRow extends PlacedOutcome {
  /** Of no other row: the id, where it is one and the first. */
  key: string;
}

/** The outcomes of each session, by its slug. */
export type BySession = ReadonlyMap<string, SessionNews['outcomes']>;

export const NOTHING_YET: BySession = new Map();

/** With what is new of some sessions. */
export function withNews(known: BySession, news: readonly SessionNews[]): BySession {
  return news.length === 0
    ? known
    : new Map([...known, ...news.map(({ session, outcomes }) => [session, outcomes] as const)]);
}

/** The rows of an event, in the order of the programme, then of the note. */
export function boardRows(sessions: readonly BoardSession[], news: BySession): BoardRow[] {
  const seen = new Set<string>();
  return sessions.flatMap(({ slug }) =>
    (news.get(slug) ?? []).map((outcome, position) => {
      const key = outcome.id === '' || seen.has(outcome.id) ? `${slug}.${position}` : outcome.id;
      seen.add(key);
      return { ...outcome, session: slug, position, key };
    }),
  );
}

/** Whether it can be changed here: what has no id of its own yet is named by nothing. */
export function isSettled({ key }: BoardRow): boolean {
  return isOutcomeId(key);
}

/** Where it stands in its note. */
export function placeOf(
  event: string,
  { session, short, heading }: Pick<PlacedOutcome, 'session' | 'short' | 'heading'>,
): string {
  const anchor = outcomeAnchor(short) ?? heading?.id;
  return `/${event}/${session}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** `A7` of `PCI23-A7`; "new" while there is no number. */
export function badgeOf({ short }: Pick<PlacedOutcome, 'short'>): string {
  return short.split('-')[1] ?? 'new';
}
