import type { Topic } from '#core/event/model.ts';
import { walkTopics } from '#core/event/topics.ts';
import type { EventRecord, SessionRecord } from '../store/tables.ts';

/** What each mark of an event keeps; topics have a rule of their own. */
const EVENT_PARTS = { title: ['title'], days: ['start', 'end'], zone: ['zone'] } as const;
const SESSION_PARTS = ['title', 'start', 'minutes', 'room', 'people', 'topics', 'gone'] as const;

/** `removed:<topic id>` among the marks of an event: a topic that was taken out by hand and does not come back by itself. */
const REMOVED = 'removed:';
export const removedMark = (topicId: string) => `${REMOVED}${topicId}`;

export function withOwn<T extends { own: string[] }>(thing: T, marks: readonly (string | null)[]): T {
  return { ...thing, own: [...new Set([...thing.own, ...marks.filter((mark) => mark !== null)])].toSorted() };
}

/** What organizers set by hand stays as it is, whatever the import said. */
export function keepOwnHead<H extends Pick<EventRecord, 'title' | 'start' | 'end' | 'zone'>>(
  stored: EventRecord | null,
  head: H,
): H {
  const kept = Object.entries(EVENT_PARTS).flatMap(([mark, parts]) => (stored?.own.includes(mark) ? parts : []));
  return { ...head, ...picked(stored, kept) };
}

export function keepOwnSessions(stored: EventRecord | null, sessions: readonly SessionRecord[]): SessionRecord[] {
  const known = new Map(stored?.sessions.map((session) => [session.id, session]));
  return sessions.map((session) => {
    const before = known.get(session.id);
    const parts = SESSION_PARTS.filter((part) => before?.own.includes(part));
    return { ...session, ...picked(before ?? null, parts) };
  });
}

/** The tree as organizers ordered it, with what is new in `merged` under its group, or behind. */
export function keepOwnTopics(stored: EventRecord | null, merged: readonly Topic[]): Topic[] {
  if (stored?.own.includes('topics') !== true) return [...merged];
  const known = new Set([...walkTopics(stored.topics)].map(({ topic }) => topic.id));
  const gone = new Set(stored.own.filter((mark) => mark.startsWith(REMOVED)).map((mark) => mark.slice(REMOVED.length)));
  let tree = stored.topics;
  for (const { topic, above } of walkTopics(merged)) {
    if (known.has(topic.id) || gone.has(topic.id)) continue;
    known.add(topic.id);
    tree = withTopic(tree, above.at(-1)?.id ?? null, { ...topic, children: [] });
  }
  return tree;
}

function withTopic(tree: readonly Topic[], parent: string | null, added: Topic): Topic[] {
  const under = (topics: readonly Topic[]): Topic[] =>
    topics.map((topic) =>
      topic.id === parent
        ? { ...topic, gap: null, children: [...topic.children, added] }
        : { ...topic, children: under(topic.children) },
    );
  return [...walkTopics(tree)].some(({ topic }) => topic.id === parent) ? under(tree) : [...tree, added];
}

function picked<T extends object, P extends keyof T>(from: T | null, parts: readonly P[]): Partial<Pick<T, P>> {
  return from === null ? {} : (Object.fromEntries(parts.map((part) => [part, from[part]])) as Partial<Pick<T, P>>);
}
