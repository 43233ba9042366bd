import type { SessionRecord } from '#server/store/tables.ts';

/** A session of 20 minutes that nobody has scheduled or said more of. */
export function bareSession(
  given: Pick<SessionRecord, 'id' | 'slug' | 'noteId' | 'title' | 'sourceKeys'>,
): SessionRecord {
  return {
    topics: [],
    start: null,
    minutes: 20,
    room: null,
    people: [],
    materials: [],
    url: null,
    gone: false,
    joinedTo: null,
    own: [],
    ...given,
  };
}
