import { outcomeAddress, type Publication, type PublishedOutcome, type PublishedSession } from './publication.ts';

type Column = [name: string, cell: (outcome: PublishedOutcome, of: PublishedSession, all: Publication) => string];

const COLUMNS: readonly Column[] = [
  ['id', ({ short }) => short],
  ['kind', ({ kind }) => kind],
  ['what', ({ text }) => text],
  ['owners', ({ owners }) => owners.join('; ')],
  ['due', ({ due }) => due],
  ['state', ({ state }) => state],
  ['more', ({ more }) => more],
  ['session', (_, { session }) => session.title],
  ['topics', (_, { topics }) => topics.map((path) => path.join(' > ')).join('; ')],
  ['link', (outcome, of, all) => outcomeAddress(all, of, outcome)],
];

/** The chosen actions as a table (RFC 4180), or the outcomes of the kinds that were asked for: a row of names, then one row each. */
export function csvFile(publication: Publication): string {
  const rows = publication.sessions.flatMap((of) =>
    of.outcomes
      .filter(({ kind }) => publication.kinds || kind === 'action')
      .map((outcome) => COLUMNS.map(([, cell]) => cell(outcome, of, publication))),
  );
  return [COLUMNS.map(([name]) => name), ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** What a spreadsheet could take for the start of a formula, also behind apostrophes and spaces. */
const FORMULA = /^'*[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^'*[\t\r\n]/u;

/** One cell. What could be a formula has an apostrophe before it; whoever reads the file by program takes that one away. */
export function csvCell(text: string): string {
  const plain = text.toWellFormed();
  const safe = FORMULA.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
