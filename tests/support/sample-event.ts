import { mintPrefix } from '#core/event/prefix.ts';
import { NO_SETTINGS } from '#core/event/settings.ts';
import type { Access } from '#core/event/model.ts';
import { templateUpdate } from '#core/note/template.ts';
import { SCHEMA_VERSION } from '#core/note/schema.ts';
import type { NewNote, EventRecord, SessionRecord } from '#server/store/tables.ts';
import { bareSession } from './bare-session.ts';

/** A small event with one session per name, saved with `store.events.save(event, notes)`. */
export function smallEvent(
  slug: string,
  access: Access,
  sessionSlugs: string[],
): { event: EventRecord; notes: NewNote[] } {
  const sessions = sessionSlugs.map((session) => smallSession(slug, session));
  const event: EventRecord = {
    id: `event-${slug}`,
    slug,
    prefix: mintPrefix(slug, '2023-11-13', () => false),
    title: `Event ${slug}`,
    start: '2023-11-13',
    end: '2023-11-15',
    zone: 'America/New_York',
    conference: null,
    venue: null,
    url: null,
    access,
    description: [{ kind: 'text', text: 'What it is about.' }],
    topics: [
      {
        id: 'iommu',
        title: 'IOMMU',
        gap: null,
        children: [{ id: 'iommu/dev-iommufd-development', title: '/dev/iommufd development', gap: null, children: [] }],
      },
    ],
    people: [{ name: 'Jörg Rödel', affiliation: 'SUSE', roles: ['key attendee'] }],
    sessions,
    breaks: [],
    settings: NO_SETTINGS,
    own: [],
    sourceKeys: [`test:${slug}`],
  };
  const notes = sessions.map(({ noteId }) => ({ noteId, template: templateUpdate(), schemaMin: SCHEMA_VERSION }));
  return { event, notes };
}

function smallSession(event: string, slug: string): SessionRecord {
  return {
    ...bareSession({
      id: `session-${event}-${slug}`,
      slug,
      noteId: `${event}-${slug}.1`,
      title: `Session ${slug}`,
      sourceKeys: [`test:${event}/${slug}`],
    }),
    topics: ['iommu/dev-iommufd-development'],
  };
}
