import { topicTitles } from '../event/agenda.ts';
import type { Event, Session } from '../event/model.ts';
import type { NoteJson, NoteNode } from '../note/json.ts';
import { OUTCOME } from '../outcomes/elements.ts';
import type { OutcomeKind } from '../outcomes/kinds.ts';
import type { PlacedOutcome } from '../outcomes/filter.ts';
import { type Outcome, outcomesOf } from '../outcomes/outcomes-of.ts';
import type { NoteState } from '../render/session.ts';
import { publishedOrder } from '../render/session.ts';
import type { Choice } from './choice.ts';
import { type Named, type Unnamed, withoutNames } from './names/hide-event.ts';

/** An outcome with the line of the note it stands in, so that links in its text are kept. */
export interface PublishedOutcome extends PlacedOutcome {
  node: NoteNode;
}

export interface PublishedSession {
  session: Session;
  /** Paths of titles, outermost first. */
  topics: string[][];
  note: NoteJson;
  /** True when nobody has written. */
  empty: boolean;
  /** Log sequence number the note was read at. */
  revision: number;
  /** Those that were chosen. */
  outcomes: PublishedOutcome[];
}

/** What goes out, in programme order, names left out already. Every form is made from this alone. */
export interface Publication {
  event: Event;
  /** Of this server. */
  origin: string;
  sessions: PublishedSession[];
  /** What was chosen, in words, such as `state: open`; empty for all of an event. */
  chosen: string[];
  /** Kinds were asked for: a table that holds actions else has these. */
  kinds: boolean;
  /** One session alone: its title is the subject. */
  single: boolean;
  /** Outcomes were left out, so the text of the notes is no part of it. */
  narrowed: boolean;
  unnamed: Unnamed;
}

export interface PublishInput {
  event: Event;
  /** By session id. A session without an entry has no notes. */
  notes: ReadonlyMap<string, NoteState>;
  origin: string;
  choice: Choice;
  unnamed: Unnamed;
}

/** Chosen by what is in the notes, then names are taken out: a filter by a person finds the person's, without the name. */
export function publication({ event, notes, origin, choice, unnamed }: PublishInput): Publication {
  const chosen = publishedOrder(event, notes).filter((session) => choice.session(session));
  const said = withoutNames({ event, notes }, unnamed);
  return {
    event: said.event,
    origin,
    sessions: chosen.map((session) => publishedSession(session, notes.get(session.id) ?? NO_NOTE, said, choice)),
    chosen: choice.chosen.map(
      ({ field, words }) => `${FIELDS[field] ?? field}: ${said.hide(words, field === 'owner')}`,
    ),
    kinds: choice.chosen.some(({ field }) => field === 'kind'),
    single: chosen.length === 1 && event.sessions.length > 1,
    narrowed: choice.narrowed,
    unnamed,
  };
}

/** Fields of a filter whose short name says nothing. */
const FIELDS: Readonly<Record<string, string>> = { q: 'words', lack: 'without' };

const NO_NOTE: NoteState = { note: { type: 'doc', content: [] }, empty: true, revision: 0 };

function publishedSession(session: Session, read: NoteState, said: Named, choice: Choice): PublishedSession {
  const wanted = outcomesOf(read.note).map((outcome, position) =>
    choice.outcome({ ...outcome, session: session.slug, position }),
  );
  const { note, empty, revision } = said.notes.get(session.id) ?? NO_NOTE;
  const nodes = outcomeNodes(note.content);
  const outcomes = outcomesOf(note).flatMap((outcome, position) => {
    const node = nodes[position];
    return wanted[position] && node ? [{ ...outcome, session: session.slug, position, node }] : [];
  });
  const shown = said.event.sessions.find(({ id }) => id === session.id) ?? session;
  return { session: shown, topics: topicTitles(said.event, shown), note, empty, revision, outcomes };
}

/** In the order of `outcomesOf`. */
function outcomeNodes(nodes: readonly NoteNode[]): NoteNode[] {
  return nodes.flatMap((node) => [...(node.type === OUTCOME ? [node] : []), ...outcomeNodes(node.content ?? [])]);
}

/** The outcomes of a kind, by session, without sessions that have none. */
export function ofKind({ sessions }: Publication, kind: OutcomeKind): PublishedSession[] {
  return sessions
    .map((each) => ({ ...each, outcomes: each.outcomes.filter((outcome) => outcome.kind === kind) }))
    .filter(({ outcomes }) => outcomes.length > 0);
}

/** Where an outcome leads: to itself once it has its number, else to its session. */
export function outcomeAddress(
  { event, origin }: Publication,
  { session }: PublishedSession,
  { short }: Outcome,
): string {
  return short === '' ? sessionAddress(event, origin, session) : `${origin}/o/${short}`;
}

export function sessionAddress(event: Pick<Event, 'slug'>, origin: string, session: Pick<Session, 'slug'>): string {
  return `${origin}/${event.slug}/${session.slug}`;
}
