import type { Event, Topic } from '../model.ts';
import { slugify } from '../slugs.ts';
import { walkTopics } from '../topics.ts';

/** More than any proposal has had. */
export const TOPICS_LIMIT = 200;
/** As deep as an import may be. */
export const TOPIC_DEPTH = 8;

export function renameTopic(topics: readonly Topic[], id: string, title: string): Topic[] {
  return topics.map((topic) => ({
    ...topic,
    title: topic.id === id ? title : topic.title,
    children: renameTopic(topic.children, id, title),
  }));
}

/** The topic one place up or down among its siblings; at the edge it stays. */
export function moveTopic(topics: readonly Topic[], id: string, by: -1 | 1): Topic[] {
  const at = topics.findIndex((topic) => topic.id === id);
  const topic = topics[at];
  if (topic === undefined) return topics.map((one) => ({ ...one, children: moveTopic(one.children, id, by) }));
  const to = Math.max(0, Math.min(topics.length - 1, at + by));
  return topics.toSpliced(at, 1).toSpliced(to, 0, topic);
}

/** A new topic under `parent`, or at the top; a group whose list was lost has one now. `taken` are ids of earlier times. */
export function addTopic(
  topics: readonly Topic[],
  parent: string,
  title: string,
  taken: readonly string[],
): { topics: Topic[]; id: string } {
  const ids = new Set([...taken, ...[...walkTopics(topics)].map(({ topic }) => topic.id)]);
  const base = `${parent === '' ? '' : `${parent}/`}${slugify(title, 'topic')}`;
  let id = base;
  for (let number = 2; ids.has(id); number++) id = `${base}-${number}`;
  const added: Topic = { id, title, children: [], gap: null };
  const put = (list: readonly Topic[]): Topic[] =>
    list.map((topic) =>
      topic.id === parent
        ? { ...topic, gap: null, children: [...topic.children, added] }
        : { ...topic, children: put(topic.children) },
    );
  return { topics: parent === '' ? [...topics, added] : put(topics), id };
}

/** Why a topic must stay; null when nothing hangs on it. */
export function whyKept(event: Event, id: string): string | null {
  const found = [...walkTopics(event.topics)].find(({ topic }) => topic.id === id)?.topic;
  if (found === undefined) return 'This topic is no longer there.';
  if (found.children.length > 0) return `“${found.title}” has topics under it. Remove those first.`;
  const held = event.sessions.find((session) => session.topics.includes(id));
  return held === undefined ? null : `“${found.title}” has the session “${held.title}”. Give that another topic first.`;
}

export function removeTopic(topics: readonly Topic[], id: string): Topic[] {
  return topics.flatMap((topic) => (topic.id === id ? [] : [{ ...topic, children: removeTopic(topic.children, id) }]));
}
