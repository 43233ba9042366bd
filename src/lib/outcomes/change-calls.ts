import { factWords, type ChangeableFact } from '#core/outcomes/change-fact.ts';
import { callApi, type Answer } from '#lib/http/call-api.ts';
import type { BoardRow } from './board-rows.ts';

/** The fact of a row as it is written: what a change of it says was seen. */
export function factOf(row: BoardRow, fact: ChangeableFact): string {
  return factWords(row)(fact);
}

/** Asks the server to change one fact in the note. */
export function changeOutcome(
  event: string,
  { key, session }: Pick<BoardRow, 'key' | 'session'>,
  fact: ChangeableFact,
  was: string,
  value: string,
): Promise<Answer> {
  return callApi('PATCH', `/api/events/${event}/outcomes/${key}`, { session, fact, was, value });
}
