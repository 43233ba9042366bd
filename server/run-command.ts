import type { App } from './app.ts';
import type { Command } from './commands.ts';
import type { Actor } from './identity/actor.ts';
import type { Rebuilt } from './outcomes/outcomes.ts';
import { describeSummary } from './programme/import.ts';

/** The operator at the command line. */
const OPERATOR: Actor = { id: 'operator', name: null, organizer: true, loopback: true };

/** Organizing from the command line: whoever may write the data folder may do anything to it. */
export async function runCommand(app: App, command: Command, address: string): Promise<string> {
  switch (command.kind) {
    case 'import':
      return describeSummary(
        await app.events.import(command.text, {
          event: command.event ?? undefined,
          session: command.session ?? undefined,
        }),
      );
    case 'join':
      await app.events.joinTopic(OPERATOR, command.event, command.talk, command.session);
      return `"${command.talk}" took the place of "${command.session}" on the agenda. Both notes stay at their addresses.`;
    case 'access':
      await app.setAccess(command.event, command.access);
      return `${command.event} is ${command.access} now.`;
    case 'index':
      return describeRebuilt(await app.outcomes.rebuild());
    case 'organizer-link':
      return `${address}/organizer#${await app.identity.mintOrganizerLink()}`;
  }
}

function describeRebuilt({ notes, outcomes, unreadable }: Rebuilt): string {
  const read = `Notes read: ${notes}. Outcomes in them: ${outcomes}.`;
  return unreadable.length === 0 ? read : `${read} Notes that are damaged and were left out: ${unreadable.join(', ')}.`;
}
