import type { AgendaItem, Phase } from '#core/event/agenda.ts';
import { addMinutes } from '#core/event/times.ts';

/** One line of a day's agenda and how much of the plumb line beside it lies behind us. */
export interface AgendaRow {
  item: AgendaItem;
  phase: Exclude<Phase, 'unscheduled'>;
  /** 0 to 1. */
  behind: number;
  /** True on the one row of the day where the bob hangs. */
  bob: boolean;
}

/**
 * The rows of one day at an instant. The line is dark down to the bob and light below it, so with several rooms at once the
 * bob hangs in the last row that runs; between two talks it hangs at the end of the one before.
 */
export function plumbLine(
  items: readonly AgendaItem[],
  phases: ReadonlyMap<string, Phase>,
  instant: string,
): AgendaRow[] {
  const seen = items.map((item) => phaseOf(item, phases, instant));
  const running = seen.lastIndexOf('now');
  const reached = running >= 0 ? running : seen.lastIndexOf('past');
  const under = running >= 0 || seen.some((phase) => phase === 'next' || phase === 'later');
  return items.map((item, index) => {
    const phase = seen[index] ?? 'later';
    const bob = under && index === reached;
    return { item, phase, bob, behind: behindAt(item, phase, instant, index, reached) };
  });
}

function behindAt(
  item: AgendaItem,
  phase: AgendaRow['phase'],
  instant: string,
  index: number,
  reached: number,
): number {
  if (index !== reached) return Number(index < reached);
  return phase === 'now' ? shareGone(item, instant) : 1;
}

function phaseOf(item: AgendaItem, phases: ReadonlyMap<string, Phase>, instant: string): AgendaRow['phase'] {
  if (item.kind === 'session') {
    const phase = phases.get(item.session.id);
    return phase === undefined || phase === 'unscheduled' ? 'later' : phase;
  }
  if (item.start > instant) return 'later';
  return instant < addMinutes(item.start, item.pause.minutes) ? 'now' : 'past';
}

function shareGone(item: AgendaItem, instant: string): number {
  const minutes = minutesOf(item);
  if (minutes === null || minutes === 0) return 0;
  return Math.min(1, Math.max(0, minutesBetween(item.start, instant) / minutes));
}

/** Whole minutes until the item ends, rounded up; null when nobody knows its length. */
export function minutesLeft(item: AgendaItem, instant: string): number | null {
  const minutes = minutesOf(item);
  return minutes === null ? null : Math.ceil(minutesBetween(instant, addMinutes(item.start, minutes)));
}

/** Whole minutes from one instant to another, rounded up. */
export function minutesUntil(start: string, instant: string): number {
  return Math.ceil(minutesBetween(instant, start));
}

function minutesOf(item: AgendaItem): number | null {
  return item.kind === 'session' ? item.session.minutes : item.pause.minutes;
}

function minutesBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000;
}
