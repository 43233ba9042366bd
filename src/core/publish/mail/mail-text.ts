import { dayRange } from '../../event/time-text.ts';
import { type Layout, prefixed, stack } from '../../render/layout.ts';
import { ofKind, type Publication, type PublishedSession } from '../publication.ts';
import { countWords, eventName, plainDashes } from '../words.ts';
import { MAIL_COLUMNS } from './columns.ts';
import { lines, say, titled, whole } from './lines.ts';
import { mailOutcome } from './mail-outcome.ts';
import { mailSession } from './mail-session.ts';
import { Numbered } from './numbered.ts';

/**
 * The body of the mail: what it is about, decisions, actions, questions, gaps, then each session with its notes, in programme order,
 * then those without and what the numbers mean. Lines of at most so many columns, but for addresses, trailers and code. Ends with a newline.
 */
export function mailText(publication: Publication, columns: number = MAIL_COLUMNS.usual): string {
  const numbered = new Numbered();
  const parts = [
    ...head(publication),
    ...summary(publication, numbered),
    ...notes(publication, numbered),
    ...madeFrom(publication),
    ...listed(numbered),
  ];
  return `${stack(parts)(columns).map(unquoted).join('\n')}\n`;
}

/** In an answer `>` says that the other mail said it. */
const unquoted = (line: string): string => line.replace(/^>+/, (signs) => '|'.repeat(signs.length));

function head(publication: Publication): Layout[] {
  const { event, sessions, chosen, single, origin } = publication;
  const days = plainDashes(dayRange(event.start, event.end));
  const place = event.venue === null ? '' : `, ${event.venue}`;
  const written = sessions.filter(({ empty }) => !empty).length;
  const [only] = sessions;
  const from = single && only ? `"${only.session.title}"` : `${written} of ${sessions.length} sessions`;
  const some = sessions.flatMap(({ outcomes }) => outcomes).find(({ short }) => short !== '')?.short;
  return [
    lines(say(eventName(event)), say(`${days}${place} (${event.zone})`)),
    say(`Notes from ${from}: ${countWords(sessions)}.`),
    ...(chosen.length > 0 ? [say(`Only what was asked for: ${chosen.join('; ')}.`)] : []),
    lines(
      say(
        "The notes were taken together by those present. They are no transcript and nobody's exact words. " +
          'To correct something, answer here or change the notes.',
      ),
      ...(some === undefined
        ? []
        : [say(`An id in brackets is a place in the notes, for example:`), whole(`${origin}/o/${some}`)]),
    ),
  ];
}

const TENTATIVE =
  'Where nothing else is said, a decision is the sense of the room: tentative until the list has seen it.';

const MISSED = 'What the notes missed. If you know it, answer here or fill it in.';

function summary(publication: Publication, numbered: Numbered): Layout[] {
  const bySession = (found: PublishedSession[]): Layout[] =>
    found.flatMap((each) => [
      ...(publication.single ? [] : [say(each.session.title)]),
      lines(...each.outcomes.map((outcome) => mailOutcome(publication, each, outcome, numbered))),
    ]);
  const decisions = ofKind(publication, 'decision');
  const actions = ofKind(publication, 'action');
  const questions = ofKind(publication, 'question');
  const gaps = ofKind(publication, 'gap');
  const tentative = decisions.some(({ outcomes }) => outcomes.some(({ state }) => state === 'sense of the room'));
  return [
    ...(decisions.length > 0
      ? [titled('Decisions', '='), ...(tentative ? [say(TENTATIVE)] : []), ...bySession(decisions)]
      : []),
    ...(actions.length > 0 ? [titled('Actions', '='), ...bySession(actions)] : []),
    ...(questions.length > 0 ? [titled('Questions', '='), ...bySession(questions)] : []),
    ...(gaps.length > 0 ? [titled('Gaps in the notes', '='), say(MISSED), ...bySession(gaps)] : []),
  ];
}

/** Those that nobody wrote in share a list at the end. */
function notes(publication: Publication, numbered: Numbered): Layout[] {
  const { sessions, narrowed, single } = publication;
  if (narrowed) return [];
  const empties = sessions.filter(({ empty }) => empty);
  const written = sessions.filter(({ empty }) => !empty);
  return [
    ...(single ? [] : [titled('Sessions', '=')]),
    ...written.flatMap((each) => mailSession(publication, each, numbered)),
    ...(empties.length > 0 ? [single ? say('No notes.') : noNotes(empties)] : []),
  ];
}

function noNotes(sessions: readonly PublishedSession[]): Layout {
  return lines(say('No notes:'), ...sessions.map(({ session }) => prefixed('- ', '  ', say(session.title))));
}

function madeFrom({ event, origin, sessions, narrowed }: Publication): Layout[] {
  const used = sessions.filter(({ empty, outcomes }) => !empty && (!narrowed || outcomes.length > 0));
  if (used.length === 0) return [];
  const revisions = used.map(({ session, revision }) => `${session.slug} ${revision}`).join(', ');
  return [lines(say(`Made from these revisions of the notes: ${revisions}.`), whole(`${origin}/${event.slug}`))];
}

function listed(numbered: Numbered): Layout[] {
  const list = numbered.list();
  return list.length === 0 ? [] : [lines(...list.map(whole))];
}
