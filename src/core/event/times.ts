/** The clock on the wall: a calendar day `2023-11-15` and a time `10:00:00`. */
export interface WallTime {
  date: string;
  time: string;
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?$/;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** True for the name of an IANA time zone (or `UTC`) that this runtime knows; offsets such as `+01:00` are none. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    return Boolean(wallClock(name));
  } catch {
    return false;
  }
}

/** True for a day of the calendar: `2023-02-29` is none. */
export function isDate(text: string): boolean {
  const ms = dateMs(text);
  return ms !== null && new Date(ms).toISOString().startsWith(text);
}

export function isTime(text: string): boolean {
  const match = TIME.exec(text);
  return match !== null && Number(match[1]) < 24 && Number(match[2]) < 60 && Number(match[3] ?? 0) < 60;
}

/**
 * The instant at which the wall clock of `zone` shows this, as `2023-11-15T15:00:00Z`. A time that a clock change skips is
 * moved on by what was skipped; of a time that comes twice it is the first. null when day, time or zone is none.
 */
export function instantOf(date: string, time: string, zone: string): string | null {
  if (!isDate(date) || !isTime(time) || !isZone(zone)) return null;
  const wanted = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time.slice(0, 8)}Z`);
  const before = offsetAt(wanted - DAY, zone);
  const after = offsetAt(wanted + DAY, zone);
  const hits = [wanted - before, wanted - after].filter((ms) => ms + offsetAt(ms, zone) === wanted);
  return iso(hits.length > 0 ? Math.min(...hits) : wanted - before);
}

/** What the wall clock of `zone` shows at an instant. */
export function wallTimeOf(instant: string, zone: string): WallTime {
  const ms = Date.parse(instant);
  const [date = '', time = ''] = iso(ms + offsetAt(ms, zone)).split(/[TZ]/);
  return { date, time };
}

/** `instant` moved by whole minutes. */
export function addMinutes(instant: string, minutes: number): string {
  return iso(Date.parse(instant) + minutes * MINUTE);
}

/** The day after, or `days` later. */
export function addDays(date: string, days: number): string {
  return iso((dateMs(date) ?? Number.NaN) + days * DAY).slice(0, 10);
}

/** Instants in one form only (`…T15:00:00Z`), so that they compare as text. */
export function iso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function dateMs(text: string): number | null {
  const match = DATE.exec(text);
  const ms = match === null ? Number.NaN : Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return Number.isNaN(ms) || Number(match?.[1]) < 1900 ? null : ms;
}

/** Milliseconds that the wall clock of `zone` is ahead of UTC. */
function offsetAt(ms: number, zone: string): number {
  const whole = Math.floor(ms / 1000) * 1000;
  const part: Record<string, number> = {};
  for (const { type, value } of wallClock(zone).formatToParts(whole)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** A formatter takes about a tenth of a millisecond to make; there are some hundred zones at most. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(zone, clock);
  }
  return clock;
}
