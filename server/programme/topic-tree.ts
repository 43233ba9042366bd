import type { Topic } from '#core/event/model.ts';
import { slugify } from '#core/event/slugs.ts';
import { LIST_MISSING, leaves } from '#core/event/topics.ts';
import type { TopicDraft } from './programme.ts';

/** Mints ids: the path of slugs, numbered where two siblings would share one. The same titles give the same ids. */
export function mintTopics(drafts: readonly TopicDraft[], above = ''): Topic[] {
  const taken = new Set<string>();
  return drafts.map((draft) => {
    const base = slugify(draft.title, 'topic');
    let slug = base;
    for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`;
    taken.add(slug);
    const id = `${above}${slug}`;
    return { id, title: draft.title, children: mintTopics(draft.children, `${id}/`), gap: draft.gap };
  });
}

/** The tree with everything of `more` that it lacks, in its places or behind; a gap that `more` can fill is none. */
function joinTrees(tree: readonly Topic[], more: readonly Topic[]): Topic[] {
  const rest = new Map(more.map((topic) => [topic.id, topic]));
  const joined = tree.map((topic) => {
    const other = rest.get(topic.id);
    rest.delete(topic.id);
    const children = joinTrees(topic.children, other?.children ?? []);
    return { ...topic, children, gap: children.length > 0 ? null : topic.gap };
  });
  return [...joined, ...rest.values()];
}

/** What is left of a tree when only the topics that `keeps` accepts stay, with the groups above them. */
function prune(tree: readonly Topic[], keeps: (topic: Topic) => boolean): Topic[] {
  return tree.flatMap((topic) => {
    const children = prune(topic.children, keeps);
    return children.length > 0 || keeps(topic) ? [{ ...topic, children }] : [];
  });
}

/**
 * The event's tree after one source spoke. The page text leads, since its order is the proposal's; Indico's description adds
 * the leaves that the page text lost. `listedElsewhere` says which topics another source lists, `pageGaps` which groups the
 * page text has without a list: they keep their places, and are gaps again when nothing fills them any more.
 */
export function mergeTopics(parts: {
  stored: readonly Topic[];
  incoming: readonly Topic[];
  isPage: boolean;
  hasPage: boolean;
  listedElsewhere: (topicId: string) => boolean;
  pageGaps: ReadonlySet<string>;
}): Topic[] {
  const { stored, incoming, isPage, hasPage, listedElsewhere, pageGaps } = parts;
  if (isPage || !hasPage) {
    const kept = prune(stored, (topic) => listedElsewhere(topic.id));
    return joinTrees(incoming, kept);
  }
  const kept = prune(stored, (topic) => listedElsewhere(topic.id) || pageGaps.has(topic.id));
  const added = new Set(leaves(incoming).map((topic) => topic.id));
  return joinTrees(
    markGaps(kept, pageGaps),
    prune(incoming, (topic) => added.has(topic.id)),
  );
}

function markGaps(tree: readonly Topic[], gapIds: ReadonlySet<string>): Topic[] {
  return tree.map((topic) => {
    const children = markGaps(topic.children, gapIds);
    return { ...topic, children, gap: gapIds.has(topic.id) && children.length === 0 ? LIST_MISSING : topic.gap };
  });
}
