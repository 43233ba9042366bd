import { inAgendaOrder } from '#core/event/agenda.ts';
import type { Break, Topic } from '#core/event/model.ts';
import { mintPrefix } from '#core/event/prefix.ts';
import { NO_SETTINGS } from '#core/event/settings.ts';
import { mintSlug } from '#core/event/slugs.ts';
import { gaps } from '#core/event/topics.ts';
import { InputError } from '../errors.ts';
import type { EventRecord, NewNote, SessionRecord } from '../store/tables.ts';
import { joinByTitle, placeSessions } from './joins.ts';
import { mergePeople } from './merge-people.ts';
import { type ImportParts, SessionMerge } from './merge-sessions.ts';
import { keepOwnHead, keepOwnSessions, keepOwnTopics } from './own.ts';
import type { Programme } from './programme.ts';
import { hasPage, isListed, listingKey, pageGapsOf, type TopicSource, withPageGaps } from './source-keys.ts';
import { mergeTopics, mintTopics } from './topic-tree.ts';

export interface Merged {
  event: EventRecord;
  newNotes: NewNote[];
}

/**
 * Reads one source into an event, or into a new one. Pure but for `parts`. What the source says nothing about stays; notes,
 * slugs, ids, what people added and what organizers set by hand are never touched. When sources agree, their order makes no difference.
 */
export function merge(
  stored: EventRecord | null,
  programme: Programme,
  parts: ImportParts & { slugTaken(slug: string): boolean; prefixTaken(prefix: string): boolean },
): Merged {
  const work = new SessionMerge(stored?.sessions ?? [], parts);
  const topics = keepOwnTopics(stored, readTopics(stored, programme, work));
  work.addTalks(programme);
  work.markGone(programme);
  const sessions = finish(keepOwnSessions(stored, work.sessions), topics);
  const head = keepOwnHead(stored, readHead(stored, programme));
  const id = stored?.id ?? parts.newId();
  const event: EventRecord = {
    id,
    slug: stored?.slug ?? mintEventSlug(head.title, head.start, parts.slugTaken),
    prefix: stored?.prefix ?? mintPrefix(head.title, head.start, parts.prefixTaken),
    ...head,
    access: stored?.access ?? 'loopback',
    topics,
    sessions,
    people: mergePeople(stored, programme, sessions, topics),
    breaks: programme.breaks === null ? (stored?.breaks ?? []) : byTime(programme.breaks),
    sourceKeys: readKeys(id, stored, programme),
    settings: stored?.settings ?? NO_SETTINGS,
    own: stored?.own ?? [],
  };
  return { event, newNotes: work.newNotes };
}

function finish(sessions: readonly SessionRecord[], topics: readonly Topic[]): SessionRecord[] {
  return inAgendaOrder(placeSessions(joinByTitle(sessions), topics), topics);
}

function readTopics(stored: EventRecord | null, programme: Programme, work: SessionMerge): Topic[] {
  const before = stored?.topics ?? [];
  // A proposal without a list of topics says nothing about them.
  if (!programme.proposal || programme.proposal.topics.length === 0) return before;
  const isPage = programme.shape === 'page-text';
  const source: TopicSource = isPage ? 'page' : 'indico';
  const incoming = mintTopics(programme.proposal.topics);
  work.addTopics(incoming, source, programme.proposal.minutes);
  const other = listingKey(isPage ? 'indico' : 'page', '');
  const elsewhere = new Set(
    work.sessions.flatMap((session) =>
      isListed(session)
        ? session.sourceKeys.filter((key) => key.startsWith(other)).map((key) => key.slice(other.length))
        : [],
    ),
  );
  return mergeTopics({
    stored: before,
    incoming,
    isPage,
    hasPage: hasPage(stored),
    pageGaps: pageGapsOf(stored),
    listedElsewhere: (id) => elsewhere.has(id),
  });
}

/** What the event says of itself. The page text leads in title and description; a proposal's address goes before a session's. */
function readHead(stored: EventRecord | null, programme: Programme) {
  const leads = programme.shape === 'page-text' || !hasPage(stored);
  const title = leads ? (programme.title ?? stored?.title) : stored?.title;
  if (title === undefined || title === null)
    throw new InputError(
      '--event',
      'expected the event this timetable belongs to: a timetable does not name its event',
    );
  const described =
    programme.proposal && programme.proposal.description.length > 0 ? programme.proposal.description : null;
  return {
    title,
    ...{ start: programme.start, end: programme.end },
    zone: programme.saysZone || stored === null ? programme.zone : stored.zone,
    conference: programme.conference ?? stored?.conference ?? null,
    venue: programme.venue ?? stored?.venue ?? null,
    url: programme.proposal?.url ?? stored?.url ?? programme.url,
    description: (leads ? described : null) ?? stored?.description ?? [],
  };
}

function readKeys(id: string, stored: EventRecord | null, programme: Programme): string[] {
  const keys = [...new Set([...(stored?.sourceKeys ?? []), ...programme.keys])];
  const isPage = programme.shape === 'page-text';
  const told = gaps(mintTopics(programme.proposal?.topics ?? [])).map((topic) => topic.id);
  return (isPage ? withPageGaps(id, keys, told) : keys).toSorted();
}

/** With the year, since the same microconference comes back under the same title. */
export function mintEventSlug(title: string, start: string, slugTaken: (slug: string) => boolean): string {
  const year = start.slice(0, 4);
  return mintSlug(title.includes(year) ? title : `${title} ${year}`, slugTaken, 'event');
}

function byTime(breaks: readonly Break[]): Break[] {
  return breaks.toSorted((one, other) => (one.start + one.title < other.start + other.title ? -1 : 1));
}
