import type { SessionRecord } from '../store/tables.ts';

/**
 * Keys of a session at its sources. `topic:<id>` and `indico:<host>:<number>` say what it is and stay for ever; `listed:<source>:<id>`
 * says which source lists the topic now and goes when the source drops it; `within:<key>:<session>` says in whose list a talk stands.
 */
export type TopicSource = 'page' | 'indico';

export const topicKey = (topicId: string) => `topic:${topicId}`;
export const listingKey = (source: TopicSource, topicId: string) => `listed:${source}:${topicId}`;
export const withinKey = (talkKey: string, within: string) => `within:${talkKey}:${within}`;
export const isWithinKey = (key: string) => key.startsWith('within:');

export function topicIdOf(session: SessionRecord): string | null {
  return session.sourceKeys.find((key) => key.startsWith('topic:'))?.slice('topic:'.length) ?? null;
}

export function talkKeyOf(session: SessionRecord): string | null {
  return session.sourceKeys.find((key) => key.startsWith('indico:')) ?? null;
}

export function isListed(session: SessionRecord): boolean {
  return session.sourceKeys.some((key) => key.startsWith('listed:'));
}

export function withKeys(session: SessionRecord, add: readonly string[], drop: readonly string[] = []): SessionRecord {
  const keys = new Set([...session.sourceKeys.filter((key) => !drop.includes(key)), ...add]);
  return { ...session, sourceKeys: [...keys].toSorted() };
}

/** True when the event was told by a page text. */
export function hasPage(event: { sourceKeys: readonly string[] } | null): boolean {
  return event?.sourceKeys.some((key) => key.startsWith('page:')) ?? false;
}

/** `gap:<event id>:<topic id>` on the event: a group that the page text has without its list. */
const gapKey = (eventId: string, topicId: string) => `gap:${eventId}:${topicId}`;

export function pageGapsOf(event: { id: string; sourceKeys: readonly string[] } | null): ReadonlySet<string> {
  const prefix = gapKey(event?.id ?? '', '');
  return new Set(event?.sourceKeys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)));
}

/** The event's keys after a page text named these gaps. */
export function withPageGaps(eventId: string, keys: readonly string[], topicIds: readonly string[]): string[] {
  return [...keys.filter((key) => !key.startsWith('gap:')), ...topicIds.map((id) => gapKey(eventId, id))];
}
