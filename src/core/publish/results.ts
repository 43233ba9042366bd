import { plainText } from '../note/outline.ts';
import { blockReferences } from '../references/block.ts';
import { noteReferences } from '../references/note.ts';
import { outcomeAddress, type Publication, type PublishedOutcome, type PublishedSession } from './publication.ts';
import { eventName, plainDashes } from './words.ts';
import { dayRange } from '../event/time-text.ts';

type Fate = 'done' | 'open' | 'dropped';

const TITLES: readonly [Fate, string][] = [
  ['done', 'Done'],
  ['open', 'Still open'],
  ['dropped', 'Dropped'],
];

const DONE = new Set(['done', 'posted', 'no objection', 'changed', 'answered']);
const DROPPED = new Set(['dropped', 'rejected']);

/** What became of an outcome. A gap is the scribe's and no result. */
function fateOf({ kind, state }: PublishedOutcome): Fate | null {
  if (kind === 'gap') return null;
  return DONE.has(state) ? 'done' : DROPPED.has(state) ? 'dropped' : 'open';
}

/**
 * "Results of last year's MC" for the next proposal: what is done with links, what is still open, what was dropped and why. One line
 * each, not wrapped, because it is pasted into a form. Reads as Markdown too. Ends with a newline.
 */
export function resultsText(publication: Publication): string {
  const { event } = publication;
  const all = publication.sessions.flatMap((of) => of.outcomes.map((outcome) => ({ of, outcome })));
  const parts = TITLES.flatMap(([fate, title]) => {
    const these = all.filter(({ outcome }) => fateOf(outcome) === fate);
    if (these.length === 0) return [];
    return [[`${title}:`, '', ...these.map(({ of, outcome }) => line(publication, of, outcome))].join('\n')];
  });
  const head = `Results of ${eventName(event)} (${plainDashes(dayRange(event.start, event.end))})`;
  return `${[head, ...(parts.length > 0 ? parts : ['Nothing was marked in the notes.'])].join('\n\n')}\n`;
}

function line(publication: Publication, of: PublishedSession, outcome: PublishedOutcome): string {
  const { text, kind, state, owners, due, more } = outcome;
  const open = fateOf(outcome) === 'open';
  const said = [
    owners.join(', ') || (kind === 'action' && open ? 'no owner' : ''),
    ...(open && due !== '' ? [`due ${due}`] : []),
    NEWS.has(state) ? (more === '' ? state : `${state}: ${more}`) : more,
  ].filter((part) => part !== '');
  const links = [...linksOf(outcome), outcomeAddress(publication, of, outcome)];
  return `- ${WORDS[kind]}${text}${said.length > 0 ? ` (${said.join('; ')})` : ''} ${links.join(' ')}`;
}

/** States that their title does not say. */
const NEWS = new Set([
  'posted',
  'no objection',
  'changed',
  'answered',
  'blocked',
  'moved to list',
  'rejected',
  'sense of the room',
]);

const WORDS = { decision: 'Decision: ', action: '', question: 'Question: ', gap: '' };

/** Pages that the text names without their address, such as a Message-ID or a link with other words. */
function linksOf({ node, more }: PublishedOutcome): string[] {
  const shown = `${plainText(node)} ${more}`;
  const named = [
    ...noteReferences({ type: 'doc', content: [node] }),
    ...blockReferences([{ text: more, code: false, link: false }]),
  ].filter(({ kind, look }: { kind: string; look?: string }) => look !== 'plain' && kind !== 'mailing-list');
  const hrefs = named.flatMap(({ href }) => (href !== null && !shown.includes(href) ? [href] : []));
  return [...new Set(hrefs)];
}
