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
