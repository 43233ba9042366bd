import type { Topic } from './model.ts';

/** What a tree shows where its source lost something. */
export const LIST_MISSING = 'list missing in source';

/** Depth first, parents before children, with the topics above each, outermost first. */
export function* walkTopics(
  topics: readonly Topic[],
  above: readonly Topic[] = [],
): Generator<{ topic: Topic; above: readonly Topic[] }> {
  for (const topic of topics) {
    yield { topic, above };
    yield* walkTopics(topic.children, [...above, topic]);
  }
}

/** The subjects to be talked about: no children, and not a group that lost them. */
export function leaves(topics: readonly Topic[]): Topic[] {
  return [...walkTopics(topics)].map(({ topic }) => topic).filter(isLeaf);
}

function isLeaf(topic: Topic): boolean {
  return topic.children.length === 0 && topic.gap === null;
}

/** Groups that say what their source lost. */
export function gaps(topics: readonly Topic[]): Topic[] {
  return [...walkTopics(topics)].map(({ topic }) => topic).filter((topic) => topic.gap !== null);
}

/** The topic with all above it, outermost first; empty when the tree has no such id. */
export function topicPath(topics: readonly Topic[], id: string): Topic[] {
  for (const { topic, above } of walkTopics(topics)) if (topic.id === id) return [...above, topic];
  return [];
}

/** For example `IOMMU > /dev/iommufd development`; null when the tree has no such id. */
export function pathTitle(topics: readonly Topic[], id: string): string | null {
  const path = topicPath(topics, id);
  return path.length === 0 ? null : path.map((topic) => topic.title).join(' > ');
}
