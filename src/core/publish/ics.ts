import { isDate } from '../event/times.ts';
import { outcomeAddress, type Publication, type PublishedOutcome, type PublishedSession } from './publication.ts';
import { eventName, stateWords } from './words.ts';

/** RFC 5545, 3.8.1.11, for the states of an action. What is blocked was not begun by those it waits for. */
const STATUS: Readonly<Record<string, string>> = {
  open: 'NEEDS-ACTION',
  done: 'COMPLETED',
  dropped: 'CANCELLED',
  blocked: 'NEEDS-ACTION',
  'moved to list': 'IN-PROCESS',
};

/** The chosen actions as a calendar of tasks (RFC 5545, VTODO). `stamp` is the instant it is made at. */
export function icsFile(publication: Publication, stamp: string): string {
  const tasks = publication.sessions.flatMap((of) =>
    of.outcomes.filter(({ kind }) => kind === 'action').flatMap((action) => task(publication, of, action, stamp)),
  );
  const name = `${eventName(publication.event)}: actions`;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Plumbline//Plumbline//EN',
    ['NAME', name],
    ['X-WR-CALNAME', name],
    ...tasks,
    'END:VCALENDAR',
  ]
    .map((line) => (typeof line === 'string' ? contentLine(line) : contentLine(`${line[0]}:${escaped(line[1] ?? '')}`)))
    .join('');
}

type Line = string | [name: string, text: string];

function task(publication: Publication, of: PublishedSession, action: PublishedOutcome, stamp: string): Line[] {
  const { text, owners, due, state, short, id } = action;
  const address = outcomeAddress(publication, of, action);
  const isDay = isDate(due);
  const about = [
    `Owner: ${owners.join(', ') || 'none'}`,
    ...(due === '' || isDay ? [] : [`Due: ${due}`]),
    ...(stateWords(action) === '' ? [] : [`State: ${stateWords(action)}`]),
    `Session: ${of.session.title}`,
    address,
  ];
  return [
    'BEGIN:VTODO',
    `UID:${taskId(publication.origin, short || id || `${of.session.slug}-${action.position}`)}`,
    `DTSTAMP:${utc(stamp)}`,
    ['SUMMARY', text],
    ['DESCRIPTION', about.join('\n')],
    `STATUS:${STATUS[state] ?? 'NEEDS-ACTION'}`,
    ...(state === 'done' ? ['PERCENT-COMPLETE:100'] : []),
    ...(isDay ? [`DUE;VALUE=DATE:${due.replaceAll('-', '')}`] : []),
    `URL:${address}`,
    'END:VTODO',
  ];
}

/** The same for ever, so that a program that took the task before knows it again. */
const taskId = (origin: string, id: string): string => `${id}@${new URL(origin).hostname}`;

const utc = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** RFC 5545, 3.3.11. Other controls are not allowed. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/[^\P{Cc}\t]/gu, ' ');
}

/** Octets of a line without its break, RFC 5545, 3.1. */
const LINE = 75;

/** Folded between characters. */
function contentLine(line: string): string {
  let made = '';
  let used = 0;
  for (const sign of line) {
    const size = octets(sign);
    if (used + size > LINE) {
      made += '\r\n ';
      used = 1;
    }
    made += sign;
    used += size;
  }
  return `${made}\r\n`;
}

/** Of one character in UTF-8. */
function octets(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
