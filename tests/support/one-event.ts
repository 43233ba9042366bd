import { templateUpdate } from '#core/note/template.ts';
import { NO_SETTINGS } from '#core/event/settings.ts';
import type { Store } from '#server/store/store.ts';
import { bareSession } from './bare-session.ts';

/** An open event with sessions `session-0` ... in an otherwise empty store; returns their noteIds. */
export async function oneEvent(store: Store, sessions = 1, epoch = 1): Promise<string[]> {
  const noteIds = Array.from(
    { length: sessions },
    (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}.${epoch}`,
  );
  await store.events.save(
    {
      id: 'event',
      slug: 'test-event',
      prefix: 'TEST26',
      title: 'Test event',
      start: '2026-11-23',
      end: '2026-11-23',
      zone: 'Europe/Prague',
      conference: null,
      venue: null,
      url: null,
      access: 'open',
      description: [],
      topics: [],
      people: [],
      breaks: [],
      settings: NO_SETTINGS,
      own: [],
      sourceKeys: ['test:event'],
      sessions: noteIds.map((noteId, i) =>
        bareSession({
          id: `session-${i}`,
          slug: `session-${i}`,
          noteId,
          title: `Session ${i}`,
          sourceKeys: [`test:${i}`],
        }),
      ),
    },
    noteIds.map((noteId) => ({ noteId, template: templateUpdate(), schemaMin: 1 })),
  );
  return noteIds;
}
