import { Writer } from '../faults/writer.ts';
import { addOutcome, type OutcomeFacts, outcomes, shorts } from './outcomes.ts';
import type { RunningServer } from './start-server.ts';

/** Marks outcomes in the note of a session, as another person would; resolves when they have their short ids. */
export async function markOutcomes(
  server: RunningServer,
  event: string,
  session: string,
  marked: readonly (OutcomeFacts & Record<string, string>)[],
): Promise<void> {
  const answer = await fetch(`${server.url}/api/events/${event}`);
  const { sessions } = (await answer.json()) as { sessions: { slug: string; noteId: string }[] };
  const noteId = sessions.find(({ slug }) => slug === session)?.noteId ?? '';
  const writer = new Writer('the scribe', noteId);
  await writer.connect(Number(new URL(server.url).port), false);
  await writer.until(() => writer.synced);
  writer.doc.transact(() => {
    for (const { id, text, ...facts } of marked) {
      addOutcome(writer.doc, { id, ...(text !== undefined && { text }) });
      const element = outcomes(writer.doc).at(-1);
      for (const [name, value] of Object.entries(facts)) element?.setAttribute(name, value);
    }
  });
  await writer.until(() => shorts(writer.doc).filter((short) => short !== '').length >= marked.length);
  writer.disconnect();
}
