import type { EventJson } from '#lib/http/event-json.ts';
import type { BoxEntry, BoxGroup } from './box-entry.ts';

/** The sessions, topics and people of the event, each leading to its room. None when the server does not answer. */
export async function jumps(event: string, go: (path: string) => void): Promise<BoxGroup[]> {
  const answer = await fetch(`/api/events/${event}`).catch(() => null);
  if (!answer?.ok) return [];
  const { sessions } = (await answer.json()) as EventJson;
  const entry = (kind: string, words: string, more: string, slug: string): BoxEntry => ({
    id: `${kind} ${event} ${slug} ${words}`,
    words,
    more,
    run: () => go(`/${event}/${slug}`),
  });
  const topics = sessions.flatMap(({ slug, title, topics }) =>
    topics
      .map((path) => path.split(' > '))
      .filter((path) => path.at(-1) !== title)
      .map((path) => entry('topic', path.at(-1) ?? '', path.slice(0, -1).join(' › '), slug)),
  );
  return [
    {
      head: 'Sessions',
      entries: sessions.map(({ slug, title, topics }) =>
        entry('session', title, topics[0]?.split(' > ')[0] ?? '', slug),
      ),
    },
    { head: 'Topics', entries: topics },
    {
      head: 'People',
      entries: sessions.flatMap(({ slug, title, people }) =>
        people.map(({ name }) => entry('person', name, title, slug)),
      ),
    },
  ];
}
