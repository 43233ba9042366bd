import type { SessionFacts } from '#lib/http/event-json.ts';
import { callApi } from '#lib/http/call-api.ts';

/** What may change of a session while people are in its room; null when the server does not answer: the page keeps what it has. */
export async function askFacts(event: string, session: string): Promise<Omit<SessionFacts, 'topics'> | null> {
  const answer = await callApi('GET', `/api/events/${event}/sessions/${session}/facts`);
  if (!answer.ok) return null;
  const { title, start, minutes, people, materials } = answer.value as SessionFacts;
  return { title, start, minutes, people, materials };
}
