import { clockTime, lengthText, longDay, zoneLabel } from '#core/event/time-text.ts';
import { addMinutes, wallTimeOf } from '#core/event/times.ts';
import type { RoomData } from './room-data.ts';

type Timed = Pick<RoomData['session'], 'start' | 'minutes'>;

/** "12:15 to 12:45 EST" on the wall clock of `zone`; "Not scheduled" without a start. */
export function spanText({ start, minutes }: Timed, zone: string): string {
  if (start === null) return 'Not scheduled';
  const until = minutes === null ? '' : ` to ${clockTime(addMinutes(start, minutes), zone)}`;
  return `${clockTime(start, zone)}${until} ${zoneLabel(start, zone)}`;
}

/** "Wednesday 15 November 2023" in `zone`; null while not scheduled. */
export function dayText({ start }: Timed, zone: string): string | null {
  return start === null ? null : longDay(wallTimeOf(start, zone).date);
}

/** One line for link previews: who, when, of which event. */
export function roomDescription({ event, session }: Pick<RoomData, 'event' | 'session'>): string {
  const { start, minutes, people } = session;
  const day = dayText(session, event.zone);
  const length = minutes === null ? null : lengthText(minutes);
  const when = day === null || start === null ? ['Not scheduled', length] : [day, spanText(session, event.zone)];
  const parts = [people.map(({ name }) => name).join(', '), ...when].filter((part) => part !== null && part !== '');
  return `Notes of ${event.title}. ${parts.join(', ')}.`;
}
