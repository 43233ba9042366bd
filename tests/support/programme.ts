import { readFileSync } from 'node:fs';
import type { ImportOptions, ImportSummary } from '#server/programme/import.ts';
import { Events } from '#server/programme/events.ts';
import { memoryStore } from '#server/store/memory.ts';
import { emptyDisk, type MemoryDisk } from '#server/store/memory/disk.ts';
import type { Store } from '#server/store/store.ts';
import type { EventRecord } from '#server/store/tables.ts';

const ROOT = new URL('../../', import.meta.url);

/** The programme files by short names. */
export const FILES = {
  page: 'samples/seed.txt',
  sessions: 'samples/lpc2023-indico-sessions.json',
  contributions: 'samples/lpc2023-indico-export.json',
  utc: 'tests/fixtures/programme/lpc2023-indico-export-utc.json',
  timetable: 'tests/fixtures/programme/lpc2023-indico-timetable.json',
} as const;
export type FileName = keyof typeof FILES;

export function fileText(name: FileName): string {
  return readFileSync(new URL(FILES[name], ROOT), 'utf8');
}

/** A file of the export with something changed in it. `edit` gets the parsed JSON. */
export function edited(name: FileName, edit: (json: Loose) => void): string {
  const json = JSON.parse(fileText(name)) as Loose;
  edit(json);
  return JSON.stringify(json, null, 1);
}

/** JSON of another program, taken apart by tests that know its shape. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reaches deep into a foreign shape; every level unknown would bury what it changes
export type Loose = any;

export interface World {
  store: Store;
  disk: MemoryDisk;
  events: Events;
  /** noteIds of which rooms were told. */
  told: string[];
  run(text: string, options?: ImportOptions): Promise<ImportSummary>;
  /** Everything on the disk as text, to be compared before and after. */
  written(): string;
  /** The stored event; the only one when no slug is given. */
  event(slug?: string): Promise<EventRecord>;
}

export function newWorld(disk: MemoryDisk = emptyDisk()): World {
  const clock = { now: () => Date.UTC(2023, 10, 20) };
  const store = memoryStore({ clock, disk });
  let ids = 0;
  const told: string[] = [];
  const events = new Events({
    tables: store.events,
    clock,
    newId: () => `id-${++ids}`,
    factsChanged: (noteId) => told.push(noteId),
    setAccess: (slug, access, changes) => store.events.setAccess(slug, access, changes),
  });
  return {
    ...{ store, disk, events, told },
    run: (text, options = {}) => events.import(text, options),
    written: () => JSON.stringify(disk, (_, value: unknown) => (value instanceof Map ? [...value] : value)),
    async event(slug) {
      const all = await store.events.list();
      const wanted = slug ?? (all.length === 1 ? all[0]?.slug : undefined);
      const event = wanted === undefined ? null : await store.events.get(wanted);
      if (event === null) throw new Error(`Expected one event, found ${all.map((one) => one.slug).join(', ')}`);
      return event;
    },
  };
}

/** The event without what is minted at random, so that two ways to the same event can be compared. */
export function withoutIds(event: EventRecord): unknown {
  const slugOf = new Map(event.sessions.map((session) => [session.id, session.slug]));
  return {
    ...event,
    id: null,
    sourceKeys: event.sourceKeys.map((key) => key.replace(event.id, 'id')),
    sessions: event.sessions
      .map((session) => ({ ...session, id: null, noteId: null, joinedTo: slugOf.get(session.joinedTo ?? '') ?? null }))
      .toSorted((one, other) => (one.slug < other.slug ? -1 : 1)),
  };
}

export function sessionTitled(event: EventRecord, title: string): EventRecord['sessions'][number] {
  const session = event.sessions.find((one) => one.title === title);
  if (session === undefined) throw new Error(`No session is titled ${title}.`);
  return session;
}
