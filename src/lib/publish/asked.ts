import type { Event } from '#core/event/model.ts';
import type { NoFilter } from '#core/outcomes/filter.ts';
import { type Choice, choiceOf } from '#core/publish/choice.ts';
import { MAIL_COLUMNS } from '#core/publish/mail/columns.ts';
import type { Unnamed } from '#core/publish/names/hide-event.ts';
import { filterIn } from './carried.ts';

/** What an address asks to be published: the filter of the board, and how. */
export interface Asked {
  choice: Choice;
  columns: number;
  unnamed: Unnamed;
  /** What was asked for and cannot be. */
  refused: NoFilter[];
}

export function asked(address: URLSearchParams, event: Event): Asked {
  const { choice, refused } = choiceOf(filterIn(address), event);
  const columns = columnsIn(address);
  const names = address.get('names') ?? '';
  return {
    choice,
    columns: columns ?? MAIL_COLUMNS.usual,
    unnamed: names === 'none' ? 'all' : 'asked',
    refused: [
      ...refused,
      ...(columns === null ? [{ field: 'columns', message: COLUMNS_WANTED }] : []),
      ...(names === '' || names === 'none' ? [] : [{ field: 'names', message: 'The only choice for names is none.' }]),
    ],
  };
}

const COLUMNS_WANTED = `Columns must be a whole number from ${MAIL_COLUMNS.least} to ${MAIL_COLUMNS.most}.`;

/** null for what is no such number. */
function columnsIn(address: URLSearchParams): number | null {
  const given = address.get('columns') ?? '';
  if (given === '') return MAIL_COLUMNS.usual;
  const columns = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  return columns >= MAIL_COLUMNS.least && columns <= MAIL_COLUMNS.most ? columns : null;
}
