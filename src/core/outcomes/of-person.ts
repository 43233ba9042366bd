import { knownNames, lineMarks } from '../note/line-marks.ts';
import { spellingsOf } from '../event/names.ts';
import { whoIsMeant } from './names.ts';
import { signsOf } from './signed.ts';
import type { Outcome } from './outcomes-of.ts';

/** Initials that somebody settled: they win over those made from names. */
export interface OwnInitials {
  name: string;
  initials: string | null;
}

/** The person an owner's name means, as OU4 finds them; a name that is nobody's of the event is its own. */
export function ownerMeant(owner: string, people: readonly string[], own: readonly OwnInitials[] = []): string {
  const wanted = spellingsOf(owner);
  const signed = own.find(({ initials }) =>
    signsOf(initials)
      .flatMap(spellingsOf)
      .some((one) => wanted.includes(one)),
  );
  return signed?.name ?? whoIsMeant(owner, people) ?? owner;
}

/** Whether the text names a person: by `@` and the full name, or by the full name alone. */
export function namesPerson({ text }: Pick<Outcome, 'text'>, name: string): boolean {
  if (lineMarks(text, knownNames([name])).some(({ kind }) => kind === 'person')) return true;
  // A single word, such as a first name, may mean anybody.
  const [spelled = ''] = spellingsOf(name);
  return (
    spelled.includes(' ') &&
    spellingsOf(text).some((words) => ` ${words.replace(/[^\p{L}\p{N}'-]+/gu, ' ')} `.includes(` ${spelled} `))
  );
}

const OPEN = new Set(['open', 'blocked']);

/** Whether there is still something to do, to answer or to fill. */
export function isOpen({ kind, state }: Pick<Outcome, 'kind' | 'state'>): boolean {
  return kind !== 'decision' && OPEN.has(state);
}

/** Those with a date first, the soonest before the others; then those due at a point in words; then the rest. Otherwise as they were. */
export function soonestFirst<T extends Pick<Outcome, 'due'>>(outcomes: readonly T[]): T[] {
  const rank = ({ due }: T): string => (/^\d{4}-\d{2}-\d{2}$/.test(due) ? `0${due}` : due === '' ? '2' : '1');
  return outcomes.toSorted((one, other) => (rank(one) < rank(other) ? -1 : Number(rank(one) > rank(other))));
}
