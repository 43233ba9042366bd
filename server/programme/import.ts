import { isDeepStrictEqual } from 'node:util';
import { InputError } from '../errors.ts';
import type { EventRecord, NewChange, NewNote } from '../store/tables.ts';
import type { Store } from '../store/store.ts';
import { merge } from './merge.ts';
import type { ImportParts } from './merge-sessions.ts';
import { type Conference, foldTitle, type Programme } from './programme.ts';
import { readFile } from './read-programme.ts';
import { selectMicroconference } from './select.ts';
import { type ImportSummary, logText, summarise } from './summary.ts';

export { describeSummary, type ImportSummary } from './summary.ts';
export type { ImportParts } from './merge-sessions.ts';

export interface ImportOptions {
  /** Slug of the event to import into; it must exist. Without it the event is recognised or made. */
  event?: string | undefined;
  /** Number or exact title of the session that is the microconference, in an export of a whole conference. */
  session?: string | undefined;
}

/** What an import would write. */
export interface ImportPlan {
  event: EventRecord;
  newNotes: NewNote[];
  summary: ImportSummary;
}

/** What importing the text of one file would do. Throws InputError with the place and the expectation, and StoreError. */
export async function planImport(
  store: Pick<Store, 'events'>,
  text: string,
  options: ImportOptions,
  parts: ImportParts,
): Promise<ImportPlan> {
  const file = readFile(text);
  const events = await readEvents(store);
  const named = options.event === undefined ? null : findNamed(events, options.event);
  if (file.kind === 'programme' && options.session !== undefined)
    throw new InputError('--session', 'expected none: a page text tells one microconference');
  const programme =
    file.kind === 'programme' ? file.programme : takeOut(file.conference, options.session, named, events);
  const stored = named ?? recognise(events, programme);
  const slugTaken = (slug: string) => events.some((event) => event.slug === slug);
  const prefixes = new Set((await store.events.prefixes()).map(({ prefix }) => prefix));
  const prefixTaken = (prefix: string) => prefixes.has(prefix);
  const { event, newNotes } = merge(stored, programme, { ...parts, slugTaken, prefixTaken });
  const isNew = stored === null || !isDeepStrictEqual(sorted(stored), sorted(event));
  return { event, newNotes, summary: summarise(stored, event, isNew) };
}

/**
 * Imports the text of one file, and logs it as done by `by`. Errors as planImport; either way nothing was written. An import that
 * changes nothing writes nothing.
 */
export async function importProgramme(
  store: Pick<Store, 'events'>,
  text: string,
  options: ImportOptions,
  parts: ImportParts,
  by: Pick<NewChange, 'actor' | 'who'>,
): Promise<ImportSummary> {
  const { event, newNotes, summary } = await planImport(store, text, options, parts);
  if (summary.written) await store.events.save(event, newNotes, [{ ...by, ...importLogged(summary) }]);
  return summary;
}

export function importLogged(summary: ImportSummary): Omit<NewChange, 'actor' | 'who'> {
  return { what: 'Import', before: null, after: logText(summary) };
}

/** The store keeps sessions in no order of its own. */
function sorted(event: EventRecord): EventRecord {
  return { ...event, sessions: event.sessions.toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
}

async function readEvents(store: Pick<Store, 'events'>): Promise<EventRecord[]> {
  const heads = await store.events.list();
  const records = await Promise.all(heads.map(({ slug }) => store.events.get(slug)));
  return records.filter((record) => record !== null);
}

function findNamed(events: readonly EventRecord[], slug: string): EventRecord {
  const event = events.find((one) => one.slug === slug);
  if (event) return event;
  const known = events.length === 0 ? 'there is none yet' : `there is ${events.map((one) => one.slug).join(', ')}`;
  throw new InputError('--event', `expected the slug of an event, found “${slug}”: ${known}`);
}

function takeOut(
  conference: Conference,
  session: string | undefined,
  named: EventRecord | null,
  events: readonly EventRecord[],
): Programme {
  const knownKeys = new Set(events.flatMap((event) => event.sourceKeys));
  return selectMicroconference(conference, { session: titleOf(conference, session, events), into: named, knownKeys });
}

/** A list of contributions names sessions by title only; a number means the title it had in an earlier import. */
function titleOf(conference: Conference, session: string | undefined, events: readonly EventRecord[]): string | null {
  const known = events.find((event) => event.sourceKeys.includes(`indico:${conference.host}:session/${session}`));
  const titles = conference.choices.map((choice) => choice.title);
  if (conference.shape === 'indico-contributions' && known && titles.includes(known.title)) return known.title;
  return session ?? null;
}

/** By what a source called it before, else by title and days. */
function recognise(events: readonly EventRecord[], programme: Programme): EventRecord | null {
  const byKey = events.filter((event) => event.sourceKeys.some((key) => programme.keys.includes(key)));
  const found = byKey.length > 0 ? byKey : events.filter((event) => isSame(event, programme));
  if (found.length > 1)
    throw new InputError(
      '--event',
      `expected a slug, since the file fits several events: ${found.map((one) => one.slug).join(', ')}`,
    );
  return found[0] ?? null;
}

function isSame(event: EventRecord, programme: Programme): boolean {
  if (programme.title === null || foldTitle(event.title) !== foldTitle(programme.title)) return false;
  return event.start <= programme.end && programme.start <= event.end;
}
