import { wallTimeOf } from './times.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** `2023-11-15` as "Wednesday 15 November 2023". */
export function longDay(date: string): string {
  const { year, month, day } = partsOf(date);
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
  return `${weekday} ${day} ${month} ${year}`;
}

/** First and last day as "13–15 November 2023", "30 November – 2 December 2023" or, for one day, "15 November 2023". */
export function dayRange(start: string, end: string): string {
  const from = partsOf(start);
  const to = partsOf(end);
  if (start === end) return `${to.day} ${to.month} ${to.year}`;
  if (from.year !== to.year) return `${from.day} ${from.month} ${from.year} – ${to.day} ${to.month} ${to.year}`;
  if (from.month !== to.month) return `${from.day} ${from.month} – ${to.day} ${to.month} ${to.year}`;
  return `${from.day}–${to.day} ${to.month} ${to.year}`;
}

/** The wall clock of `zone` at an instant: "10:00". */
export function clockTime(instant: string, zone: string): string {
  return wallTimeOf(instant, zone).time.slice(0, 5);
}

/** How people write the zone at that time of year: "EST", "CET"; where they have no letters for it, "UTC+9". */
export function zoneLabel(instant: string, zone: string): string {
  // American and British English know the letters of different zones.
  const names = ['en-US', 'en-GB', 'en-AU'].map((locale) => shortName(instant, zone, locale));
  const named = names.find((name) => !/^(GMT|UTC)[+-]/.test(name)) ?? names[0] ?? zone;
  return named.replace(/^GMT(?=[+-])/, 'UTC');
}

function shortName(instant: string, zone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' });
  return format.formatToParts(Date.parse(instant)).find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** Whole minutes as "20 min" or "1 h 30 min". */
export function lengthText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

function partsOf(date: string): { year: string; month: string; day: number } {
  return { year: date.slice(0, 4), month: MONTHS[Number(date.slice(5, 7)) - 1] ?? '', day: Number(date.slice(8, 10)) };
}
