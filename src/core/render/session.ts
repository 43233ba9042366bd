import type { Event, EventHead, Session } from '../event/model.ts';
import { inAgendaOrder, listed, topicTitles } from '../event/agenda.ts';
import type { NoteJson, NoteNode } from '../note/json.ts';
import { normalNote } from '../note/normal.ts';
import { renderHtml } from './html.ts';
import { noteFile } from './json.ts';
import type { NoteFile } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { textPage } from './page.ts';
import type { PageHead } from './page.ts';
import { eventBlocks, item, sessionBlocks, text, timeText } from './sheet.ts';
import type { SessionSheet } from './sheet.ts';
import { renderText } from './text.ts';

export type TextFormat = 'md' | 'txt' | 'html' | 'json';

export interface Rendered {
  body: string;
  contentType: string;
}

/** A note as it was read, with what the reader knows of it. */
export interface NoteState {
  note: NoteJson;
  empty: boolean;
  /** Log sequence number. */
  revision: number;
}

export interface SessionInput extends SessionSheet {
  event: EventHead;
  /** Of this server, for the addresses of images. */
  origin: string;
}

/** One session with its note. An HTML body is a whole document, to be served with `TEXT_PAGE_CSP`. */
export function renderSession(format: TextFormat, input: SessionInput): Rendered {
  const { event, session, origin } = input;
  if (format === 'json') return json({ version: SHEET_VERSION, event: head(event), session: sessionFacts(input) });
  const title = `${session.title} | ${event.title}`;
  const page = { title, description: timeText(session, event.zone), path: `/${event.slug}/${session.slug}.html` };
  return document(format, { ...page, origin }, sessionBlocks(event, input, 1));
}

export interface EventInput {
  event: Event;
  origin: string;
  /** By session id. A session without an entry has no notes. */
  notes: ReadonlyMap<string, NoteState>;
}

/** A whole event: its agenda, then every session with its note in programme order. */
export function renderEvent(format: TextFormat, { event, origin, notes }: EventInput): Rendered {
  const sheets = publishedOrder(event, notes).map((session) => sheetOf(event, session, notes));
  if (format === 'json')
    return json({ version: SHEET_VERSION, event: head(event), sessions: sheets.map(sessionFacts) });
  const agenda = sheets.map(({ session }) => item(text(`${session.title} (${timeText(session, event.zone)})`)));
  const blocks = [
    ...eventBlocks(event),
    ...(agenda.length > 0 ? [{ type: 'bulletList', content: agenda }] : []),
    ...sheets.flatMap((sheet) => [{ type: 'horizontalRule' }, ...sessionBlocks(event, sheet, 2)]),
  ];
  const page = { title: event.title, description: `${event.title}: agenda and notes`, path: `/${event.slug}.html` };
  return document(format, { ...page, origin }, blocks);
}

/** A session that a talk took over is there too when somebody wrote in it, right after the talk. */
export function publishedOrder(event: Event, notes: EventInput['notes']): Session[] {
  const written = event.sessions.filter(({ id, joinedTo }) => joinedTo !== null && notes.get(id)?.empty === false);
  const shown = inAgendaOrder(listed(event.sessions), event.topics);
  return shown.flatMap((session) => [session, ...written.filter(({ joinedTo }) => joinedTo === session.id)]);
}

const NO_NOTES: NoteState = { note: { type: 'doc', content: [] }, empty: true, revision: 0 };

function sheetOf(event: Event, session: Session, notes: EventInput['notes']): SessionSheet {
  const topics = topicTitles(event, session).map((path) => path.join(' > '));
  return { session, topics, ...(notes.get(session.id) ?? NO_NOTES) };
}

/** Raised when a field of the JSON form changes its meaning or goes; new fields do not raise it. */
const SHEET_VERSION = 1;

type SessionFacts = Omit<Session, 'joinedTo' | 'gone' | 'topics'> & {
  topics: string[];
  gone: boolean;
  revision: number;
  /** null when nobody has written. */
  note: NoteFile | null;
};

function sessionFacts({ session, topics, note, empty, revision }: SessionSheet): SessionFacts {
  const { joinedTo: _, ...facts } = session;
  return { ...facts, topics, revision, note: empty ? null : noteFile(normalNote(note)) };
}

const head = ({ slug, title, start, end, zone }: EventHead): EventHead => ({ slug, title, start, end, zone });

function json(value: unknown): Rendered {
  return { body: `${JSON.stringify(value, null, 2)}\n`, contentType: 'application/json; charset=utf-8' };
}

export interface About extends Omit<PageHead, 'address'> {
  /** Of the HTML form. */
  path: string;
  origin: string;
}

/** A note as one of the forms for reading; an HTML body is a whole document. */
export function document(
  format: Exclude<TextFormat, 'json'>,
  { title, description, path, origin }: About,
  blocks: NoteNode[],
): Rendered {
  const note = normalNote({ content: blocks });
  if (format === 'md') return { body: renderMarkdown(note, origin), contentType: 'text/markdown; charset=utf-8' };
  if (format === 'txt') return { body: renderText(note, origin), contentType: 'text/plain; charset=utf-8' };
  const body = textPage({ title, description, address: origin + path }, renderHtml(note, origin));
  return { body, contentType: 'text/html; charset=utf-8' };
}
