import type { EventHead, Material, MaterialKind, Person, Session } from '../event/model.ts';
import { clockTime, dayRange, lengthText, longDay, zoneLabel } from '../event/time-text.ts';
import { addMinutes, wallTimeOf } from '../event/times.ts';
import type { NoteJson, NoteMark, NoteNode } from '../note/json.ts';

/** A session and its note, as the text forms show them. */
export interface SessionSheet {
  session: Session;
  /** One entry per topic: the titles from the outermost to the innermost, joined, for example `IOMMU > PASID`. */
  topics: string[];
  note: NoteJson;
  /** True when nobody has written. */
  empty: boolean;
  /** Log sequence number the note was read at. */
  revision: number;
}

/*
 * What stands around a note is composed as a note too: one heading, one list of facts, then the note. So every form says the
 * same, and titles and names are escaped by the same code as any other text.
 */

/** `level` is that of the session's title. Below an event's title the headings of the note move down with it. */
export function sessionBlocks(event: Pick<EventHead, 'zone'>, sheet: SessionSheet, level: number): NoteNode[] {
  const { session, note } = sheet;
  const facts = [
    ...(session.people.length > 0 ? [fact('Speakers', session.people.map(personText).join('; '))] : []),
    ...sheet.topics.map((topic) => fact('Topic', topic)),
    fact('Time', timeText(session, event.zone)),
    ...(session.room === null ? [] : [fact('Room', session.room)]),
    materialsFact(session.materials),
    ...(session.url === null ? [] : [item(text('Programme: '), link(session.url, session.url))]),
    ...(session.gone ? [item(text('No longer in the programme'))] : []),
  ];
  const written = sheet.empty
    ? [paragraph(text('No notes.'))]
    : withoutEnd(note.content).map((node) => lower(node, level - 1));
  return [heading(level, session.title), bulletList(facts), ...written];
}

export function eventBlocks(event: EventHead): NoteNode[] {
  const facts = [fact('Dates', `${dayRange(event.start, event.end)} (${event.zone})`)];
  return [heading(1, event.title), bulletList(facts)];
}

/** "Wednesday 15 November 2023, 12:15 to 12:45 EST (America/New_York), 30 min", in the event's zone. */
export function timeText({ start, minutes }: Pick<Session, 'start' | 'minutes'>, zone: string): string {
  if (start === null) return minutes === null ? 'not scheduled' : `not scheduled, ${lengthText(minutes)}`;
  const day = longDay(wallTimeOf(start, zone).date);
  const until = minutes === null ? '' : ` to ${clockTime(addMinutes(start, minutes), zone)}`;
  const length = minutes === null ? '' : `, ${lengthText(minutes)}`;
  return `${day}, ${clockTime(start, zone)}${until} ${zoneLabel(start, zone)} (${zone})${length}`;
}

export const personText = (person: Person) =>
  person.affiliation ? `${person.name} (${person.affiliation})` : person.name;

const KINDS: Record<MaterialKind, string> = {
  slides: 'Slides',
  recording: 'Recording',
  patches: 'Patches',
  link: 'Link',
};

function materialsFact(materials: Material[]): NoteNode {
  if (materials.length === 0) return fact('Materials', 'none yet');
  const list = materials.map((material) =>
    item(
      text(`${KINDS[material.kind]}: `),
      link(material.title, material.url),
      text(` (added by ${material.addedBy})`),
    ),
  );
  return { type: 'listItem', content: [paragraph(text('Materials:')), bulletList(list)] };
}

/** The editor keeps an empty line to write on; a reader has no use for it. */
export function withoutEnd(content: NoteNode[]): NoteNode[] {
  const last = content.findLastIndex((node) => node.type !== 'paragraph' || (node.content?.length ?? 0) > 0);
  return content.slice(0, last + 1);
}

function lower(node: NoteNode, by: number): NoteNode {
  if (by <= 0) return node;
  if (node.type === 'heading') {
    const level = typeof node.attrs?.level === 'number' ? node.attrs.level : 2;
    return { ...node, attrs: { ...node.attrs, level: Math.min(6, level + by) } };
  }
  return node.content ? { ...node, content: node.content.map((child) => lower(child, by)) } : node;
}

export function heading(level: number, title: string): NoteNode {
  return { type: 'heading', attrs: { level }, content: title === '' ? [] : [text(title)] };
}

function paragraph(...content: NoteNode[]): NoteNode {
  return { type: 'paragraph', content };
}

export function item(...content: NoteNode[]): NoteNode {
  return { type: 'listItem', content: [paragraph(...content)] };
}

export const bulletList = (items: NoteNode[]): NoteNode => ({ type: 'bulletList', content: items });

const fact = (name: string, value: string) => item(text(`${name}: ${value}`));

export function text(words: string, marks: NoteMark[] = []): NoteNode {
  return { type: 'text', text: words, marks };
}

export const link = (words: string, href: string) => text(words, [{ type: 'link', attrs: { href } }]);
