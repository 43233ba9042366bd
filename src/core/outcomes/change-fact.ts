import type * as Y from 'yjs';
import { isDate } from '../event/times.ts';
import { NOTE_FRAGMENT } from '../note/fragment.ts';
import { outcomeElements } from './elements.ts';
import { joinOwners, outcomeFacts, type OutcomeFacts } from './facts.ts';
import { STATES } from './kinds.ts';
import { knownOwners, namesOf } from './names.ts';
import { LINE_LIMIT, shownFacts } from './outcomes-of.ts';

/** What of an outcome can be changed away from its note. */
export const CHANGEABLE = ['state', 'owners', 'due', 'more'] as const;
export type ChangeableFact = (typeof CHANGEABLE)[number];

/** One fact of an outcome as somebody saw it, and what they want it to be. Owners are written as in the note: `Ana; Bo`. */
export interface FactChange {
  id: string;
  fact: ChangeableFact;
  was: string;
  value: string;
}

export type FactChanged =
  | { kind: 'changed' }
  /** No such outcome is in the note. */
  | { kind: 'gone' }
  /** Somebody else was faster. */
  | { kind: 'other'; now: string }
  | { kind: 'refused'; message: string };

/** The fact as it is shown and sent back: what `was` has to be equal to. */
export function factWords(outcome: { state: string; owners: readonly string[]; due: string; more: string }) {
  return (fact: ChangeableFact): string => (fact === 'owners' ? joinOwners(outcome.owners) : outcome[fact]);
}

/** Said to who would change what is no longer as they saw it. */
export function changedMeanwhile(now: string): string {
  return `Somebody else has set this to “${now || 'nothing'}” meanwhile. Nothing was overwritten. Set yours to put it in its place.`;
}

/** Changes one attribute of an outcome and no other, unless it is no longer what was seen. What it is already stays as it is. */
export function changeFact(doc: Y.Doc, { id, fact, was, value }: FactChange, people: readonly string[]): FactChanged {
  const element = outcomeElements(doc.getXmlFragment(NOTE_FRAGMENT)).find((each) => attribute(each, 'id') === id);
  if (!element) return { kind: 'gone' };
  const attrs = Object.fromEntries(['kind', ...CHANGEABLE].map((name) => [name, attribute(element, name)]));
  const now = outcomeFacts(attrs);
  const wanted = wantedValue(now, fact, value, people);
  if ('message' in wanted) return { kind: 'refused', message: wanted.message };
  const shown = factWords(shownFacts(attrs))(fact);
  if (shown !== now[fact])
    return { kind: 'refused', message: 'This is too long to be changed here. Change it in the note.' };
  if (now[fact] === wanted.value) return { kind: 'changed' };
  if (shown !== was) return { kind: 'other', now: shown };
  element.setAttribute(fact, wanted.value);
  return { kind: 'changed' };
}

function wantedValue(
  { kind }: OutcomeFacts,
  fact: ChangeableFact,
  value: string,
  people: readonly string[],
): { value: string } | { message: string } {
  if (value.length > LINE_LIMIT) return { message: `At most ${LINE_LIMIT.toLocaleString('en')} characters.` };
  if (fact === 'state' && !STATES[kind].includes(value))
    return { message: `The state must be one of ${STATES[kind].join(', ')}.` };
  if (fact === 'due') return wantedDue(value);
  const written = fact === 'owners' ? joinOwners(knownOwners(namesOf(value), people)) : value;
  return { value: outcomeFacts({ kind, [fact]: written })[fact] };
}

/** A due point comes in brackets where it is taken from the end of a line. What is written as a day has to be one. */
function wantedDue(value: string): { value: string } | { message: string } {
  const { due } = outcomeFacts({ due: value });
  const words = outcomeFacts({ due: /^\(([^()]*)\)$/.exec(due)?.[1] ?? due }).due;
  if (/^\d{4}-\d\d-\d\d$/.test(words) && !isDate(words))
    return { message: `Due: “${words}” is no day of the calendar.` };
  return { value: words };
}

function attribute(element: Y.XmlElement, name: string): unknown {
  return element.getAttribute(name);
}
