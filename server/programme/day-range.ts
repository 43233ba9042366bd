import { isDate } from '#core/event/times.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = '([A-Za-z]{3,9})\\.?';
const DASH = '\\s*[-–—]\\s*';

interface Form {
  pattern: RegExp;
  /** Which group holds first day, first month, first year, last day, last month, last year; 0 when it is the last one's. */
  groups: [number, number, number, number, number, number];
}

const FORMS: Form[] = [
  form(`(\\d{1,2})${DASH}(\\d{1,2}) ${MONTH} (\\d{4})`, [1, 3, 4, 2, 3, 4]),
  form(`(\\d{1,2}) ${MONTH}${DASH}(\\d{1,2}) ${MONTH} (\\d{4})`, [1, 2, 5, 3, 4, 5]),
  form(`(\\d{1,2}) ${MONTH} (\\d{4})${DASH}(\\d{1,2}) ${MONTH} (\\d{4})`, [1, 2, 3, 4, 5, 6]),
  form(`(\\d{1,2}) ${MONTH} (\\d{4})`, [1, 2, 3, 1, 2, 3]),
  form(`${MONTH} (\\d{1,2})${DASH}(\\d{1,2}),? (\\d{4})`, [2, 1, 4, 3, 1, 4]),
  form(`${MONTH} (\\d{1,2})${DASH}${MONTH} (\\d{1,2}),? (\\d{4})`, [2, 1, 5, 4, 3, 5]),
  form(`${MONTH} (\\d{1,2}),? (\\d{4})${DASH}${MONTH} (\\d{1,2}),? (\\d{4})`, [2, 1, 3, 5, 4, 6]),
  form(`${MONTH} (\\d{1,2}),? (\\d{4})`, [2, 1, 3, 2, 1, 3]),
];

function form(pattern: string, groups: Form['groups']): Form {
  return { pattern: new RegExp(`^${pattern}$`, 'u'), groups };
}

/** Days as Indico's pages write them, British or American: `13–15 Nov 2023`, `Nov 30 – Dec 2, 2023`. null when it is none. */
export function readDayRange(text: string): { start: string; end: string } | null {
  for (const { pattern, groups } of FORMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [d1, m1, y1, d2, m2, y2] = groups.map((group) => match[group] ?? '');
    const start = dateOf(d1, m1, y1);
    const end = dateOf(d2, m2, y2);
    if (start !== null && end !== null && start <= end) return { start, end };
  }
  return null;
}

function dateOf(day = '', month = '', year = ''): string | null {
  const index = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  const date = `${year}-${String(index + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return index >= 0 && isDate(date) ? date : null;
}
