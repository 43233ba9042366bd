import type { EventHead } from '../event/model.ts';
import { noteReferences, type NoteReference } from '../references/note.ts';
import type { Outcome } from '../outcomes/outcomes-of.ts';
import { outcomeAddress, type Publication } from './publication.ts';

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
const OUTCOMES_FILE_VERSION = 1;

/** The chosen outcomes for other programs. Described in README.md. */
export interface OutcomesFile {
  version: number;
  event: EventHead & { prefix: string };
  /** By what they were chosen, in words; empty for all of the event. */
  chosen: string[];
  /** In programme order, those without outcomes too. */
  sessions: SessionOfFile[];
  outcomes: OutcomeOfFile[];
}

interface SessionOfFile {
  slug: string;
  title: string;
  topics: string[];
  start: string | null;
  /** Of its note, as it was read; null when nobody has written. */
  revision: number | null;
}

interface OutcomeOfFile extends Outcome {
  session: string;
  position: number;
  link: string;
  /** What its text points at. */
  references: NoteReference[];
}

export function outcomesFile(publication: Publication): OutcomesFile {
  const { slug, title, start, end, zone, prefix } = publication.event;
  return {
    version: OUTCOMES_FILE_VERSION,
    event: { slug, title, start, end, zone, prefix },
    chosen: publication.chosen,
    sessions: publication.sessions.map(({ session, topics, empty, revision }) => ({
      ...{ slug: session.slug, title: session.title, start: session.start },
      topics: topics.map((path) => path.join(' > ')),
      revision: empty ? null : revision,
    })),
    outcomes: publication.sessions.flatMap((of) =>
      of.outcomes.map(({ node, ...outcome }) => ({
        ...outcome,
        link: outcomeAddress(publication, of, outcome),
        references: noteReferences({ type: 'doc', content: [node] }),
      })),
    ),
  };
}
