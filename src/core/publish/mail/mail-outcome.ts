import { visible } from '../../render/text.ts';
import { type Layout, prefixed, stack } from '../../render/layout.ts';
import { renderNote } from '../../render/walk.ts';
import { type Run, wrapRuns } from '../../render/wrap.ts';
import { outcomeAddress, type Publication, type PublishedOutcome, type PublishedSession } from '../publication.ts';
import { SOMEONE } from '../names/hidden.ts';
import { stateWords } from '../words.ts';
import { forMail, mailTable } from './mail-note.ts';
import type { Numbered } from './numbered.ts';

/**
 * One line of the summary: an action as owner, what, due and its address, anything else as what it says and its id.
 */
export function mailOutcome(
  publication: Publication,
  session: PublishedSession,
  outcome: PublishedOutcome,
  numbered: Numbered,
): Layout {
  const table = mailTable(publication.origin, numbered, (_, words) =>
    outcome.kind === 'action'
      ? action(outcome, words, outcomeAddress(publication, session, outcome))
      : other(outcome, words),
  );
  return renderNote({ type: 'doc', content: forMail([outcome.node]) }, table);
}

function action(outcome: PublishedOutcome, words: Run[], address: string): Layout {
  const { owners, due, state } = outcome;
  const said = [due === '' && state === 'open' ? 'no date' : due && `due ${due}`, stateWords(outcome)];
  const after = said.filter((part) => part !== '').flatMap((part) => [...DASH, ...text(part)]);
  const names = owners.join(', ');
  const who = names === '' ? 'No owner' : names.startsWith(SOMEONE) ? `A${names.slice(1)}` : names;
  return item([...text(who), ...DASH, ...words, ...after], [address]);
}

function other(outcome: PublishedOutcome, words: Run[]): Layout {
  const { owners, due, short } = outcome;
  const said = [owners.join(', '), due && `due ${due}`, stateWords(outcome)].filter((part) => part !== '');
  const more = said.length > 0 ? ` (${said.join('; ')})` : '';
  return item([...words, ...text(more), ...text(short && ` [${short}]`)], []);
}

function item(runs: Run[], below: string[]): Layout {
  const line: Layout = (width) => wrapRuns(runs, width);
  return prefixed('* ', '  ', stack([line, ...below.map((address): Layout => () => [address])], []));
}

/** It stays with what is before it: at the start of a line it would begin an item. */
const DASH: Run[] = [
  { kind: 'solid', text: ' -' },
  { kind: 'text', text: ' ' },
];

const text = (words: string): Run[] => [{ kind: 'text', text: visible(words) }];
