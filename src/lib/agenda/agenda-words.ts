import type { Event, Material, MaterialKind, Person, Session } from '#core/event/model.ts';
import { clockTime, lengthText, longDay, zoneLabel } from '#core/event/time-text.ts';
import { wallTimeOf } from '#core/event/times.ts';
import type { Here } from '#core/wire/messages.ts';

/** "Lizhi Hou (AMD), Rob Herring (Arm)". */
export function peopleText(people: readonly Person[]): string {
  return people.map(({ name, affiliation }) => (affiliation === null ? name : `${name} (${affiliation})`)).join(', ');
}

/** "Not scheduled, 20 min" or "Wednesday 15 November 2023, 11:30 EST, 45 min". */
export function whenText({ start, minutes }: Pick<Session, 'start' | 'minutes'>, zone: string): string {
  const length = minutes === null ? [] : [lengthText(minutes)];
  if (start === null) return ['Not scheduled', ...length].join(', ');
  const day = longDay(wallTimeOf(start, zone).date);
  return [day, `${clockTime(start, zone)} ${zoneLabel(start, zone)}`, ...length].join(', ');
}

/** "6 here, 3 in the text"; "1 here" when nobody’s caret is. */
export function hereText(here: Here): string {
  const writing = here.people.filter((person) => person.writing).length;
  return writing === 0 ? `${here.count} here` : `${here.count} here, ${writing} in the text`;
}

const KINDS: Record<MaterialKind, string> = {
  slides: 'Slides',
  recording: 'Recording',
  patches: 'Patches',
  link: 'Link',
};

/** Materials with a short name each: the kind, with a number where a session has several of it. */
export function named(materials: readonly Material[]): { material: Material; label: string }[] {
  return materials.map((material) => {
    const alike = materials.filter((one) => one.kind === material.kind);
    const number = alike.length > 1 ? ` ${alike.indexOf(material) + 1}` : '';
    return { material, label: KINDS[material.kind] + number };
  });
}

/** The place in a zone's name, for people: "America/New_York" as "New York". */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** The room when every scheduled session is in the same one, else null: then each row names its own. */
export function onlyRoom(sessions: readonly Session[]): string | null {
  const rooms = new Set(sessions.filter(({ start }) => start !== null).map(({ room }) => room));
  const [only = null] = rooms;
  return rooms.size === 1 ? only : null;
}

/** One or two sentences for link previews: the proposal's beginning, cut between words at 200 characters. */
export function previewText(event: Pick<Event, 'title' | 'description'>): string {
  const text = event.description.find((part) => part.kind === 'text')?.text;
  if (text === undefined) return `Agenda and notes of ${event.title}.`;
  if (text.length <= 200) return text;
  return `${text.slice(0, 200).replace(/\s+\S*$/u, '')} …`;
}
