import { isDeepStrictEqual } from 'node:util';
import type { EventRecord, SessionRecord } from '../store/tables.ts';

/** What one import did, by titles. */
export interface ImportSummary {
  slug: string;
  title: string;
  /** True when the event was new. */
  created: boolean;
  added: string[];
  changed: { title: string; what: string[] }[];
  gone: string[];
  back: string[];
  /** Parts of the event itself that changed. */
  event: string[];
  unchanged: number;
  /** False when the file said nothing new. */
  written: boolean;
}

const SESSION_PARTS = [
  'title',
  'start',
  'minutes',
  'room',
  'people',
  'materials',
  'url',
  'topics',
  'joinedTo',
] as const;
const EVENT_PARTS = [
  'title',
  'start',
  'end',
  'zone',
  'conference',
  'venue',
  'url',
  'description',
  'topics',
  'people',
  'breaks',
] as const;
const WORDS: Readonly<Record<string, string>> = {
  minutes: 'length',
  joinedTo: 'place',
  start: 'start',
  url: 'address',
};

export function summarise(before: EventRecord | null, after: EventRecord, written: boolean): ImportSummary {
  const known = new Map(before?.sessions.map((session) => [session.id, session]));
  const summary: ImportSummary = {
    ...{ slug: after.slug, title: after.title, created: before === null },
    ...{ added: [], changed: [], gone: [], back: [], unchanged: 0, written },
    event: before === null ? [] : differing(EVENT_PARTS, before, after),
  };
  for (const session of after.sessions) note(summary, known.get(session.id), session);
  return summary;
}

function note(summary: ImportSummary, before: SessionRecord | undefined, after: SessionRecord): void {
  if (before === undefined) return void summary.added.push(after.title);
  const what = differing(SESSION_PARTS, before, after);
  if (after.gone && !before.gone) summary.gone.push(after.title);
  else if (before.gone && !after.gone) summary.back.push(after.title);
  else if (what.length === 0) summary.unchanged++;
  if (what.length > 0) summary.changed.push({ title: after.title, what });
}

function differing<P extends string>(
  parts: readonly P[],
  before: Record<P, unknown>,
  after: Record<P, unknown>,
): string[] {
  return parts.filter((part) => !isDeepStrictEqual(before[part], after[part])).map((part) => WORDS[part] ?? part);
}

/** For the terminal: one line for each thing that happened. */
export function describeSummary(summary: ImportSummary): string {
  const lines = [
    `${summary.created ? 'Created' : summary.written ? 'Updated' : 'Nothing new for'} “${summary.title}” at /${summary.slug}`,
    ...summary.added.map((title) => `  new: ${title}`),
    ...summary.changed.map(({ title, what }) => `  changed: ${title} (${what.join(', ')})`),
    ...summary.back.map((title) => `  back: ${title}`),
    ...summary.gone.map((title) => `  no longer in the source, kept: ${title}`),
    ...(summary.event.length > 0 ? [`  changed in the event: ${summary.event.join(', ')}`] : []),
    `  ${summary.unchanged} ${summary.unchanged === 1 ? 'session' : 'sessions'} unchanged; no note was touched`,
  ];
  return lines.join('\n');
}

/** The same in a few words, for the log of changes: titles of a whole conference would bury what people changed. */
export function logText({ added, changed, back, gone, event }: ImportSummary): string {
  const counts = Object.entries({ new: added, changed, back, gone }).filter(([, titles]) => titles.length > 0);
  const sessions = counts.map(([word, titles]) => `${titles.length} ${word}`).join(', ');
  const parts = [
    ...(sessions ? [`sessions: ${sessions}`] : []),
    ...(event.length > 0 ? [`event: ${event.join(', ')}`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : 'the event, without sessions';
}
