import type { NoteNode } from '../note/json.ts';
import { dayRange } from '../event/time-text.ts';
import { bulletList, heading, item, link, text } from '../render/sheet.ts';
import { ofKind, type Publication, type PublishedSession, sessionAddress } from './publication.ts';
import { countWords, eventName } from './words.ts';

const TITLES = [
  ['decision', 'Decisions'],
  ['action', 'Actions'],
  ['question', 'Questions'],
  ['gap', 'Gaps'],
] as const;

/** The chosen outcomes as a note: by kind, then by session, each as it stands in its note. So each form of a note is one of it too. */
export function outcomesSheet(publication: Publication): NoteNode[] {
  const { event, sessions, chosen, single } = publication;
  const [only] = sessions;
  const title = single && only ? `${only.session.title}: outcomes` : `${event.title}: outcomes`;
  const facts = [
    item(text(`Event: ${eventName(event)}, ${dayRange(event.start, event.end)} (${event.zone})`)),
    item(text(`Outcomes: ${countWords(sessions)}`)),
    ...(chosen.length > 0 ? [item(text(`Only what was asked for: ${chosen.join('; ')}`))] : []),
  ];
  const kinds = TITLES.flatMap(([kind, words]) => {
    const found = ofKind(publication, kind);
    return found.length === 0 ? [] : [heading(2, words), ...found.flatMap((each) => ofSession(publication, each))];
  });
  return [heading(1, title), bulletList(facts), ...kinds, ...madeFrom(publication)];
}

function ofSession(publication: Publication, each: PublishedSession): NoteNode[] {
  const lines = each.outcomes.map(({ node }) => node);
  const { event, origin, single } = publication;
  const title = link(each.session.title, sessionAddress(event, origin, each.session));
  return single ? lines : [{ type: 'heading', attrs: { level: 3 }, content: [title] }, ...lines];
}

/** Where each comes from, at which revision; an item away from its session cannot be read. */
function madeFrom({ event, origin, sessions }: Publication): NoteNode[] {
  if (sessions.length === 0) return [];
  const rows = sessions.map(({ session, empty, revision }) => {
    const address = sessionAddress(event, origin, session);
    return item(link(session.title, address), text(empty ? ': no notes' : `: notes of revision ${revision}`));
  });
  return [heading(2, 'Made from'), bulletList(rows)];
}
