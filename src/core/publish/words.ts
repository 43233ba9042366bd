import type { Event } from '../event/model.ts';
import { type OutcomeKind, STATES } from '../outcomes/kinds.ts';
import type { Outcome } from '../outcomes/outcomes-of.ts';
import type { PublishedSession } from './publication.ts';

/** `VFIO/IOMMU/PCI MC, Linux Plumbers Conference 2023`. */
export function eventName({ title, conference }: Pick<Event, 'title' | 'conference'>): string {
  return conference === null || title.includes(conference) ? title : `${title}, ${conference}`;
}

/** `LPC 2023` of `Linux Plumbers Conference 2023`: capitals of the words and the year, when there are several words. */
export function shortConference(conference: string): string {
  const words = conference.split(/\s+/).filter((word) => word !== '');
  const year = words.filter((word) => /^\d{4}$/.test(word));
  const letters = words.flatMap((word) => /^\p{Lu}\p{Ll}/u.exec(word)?.[0].slice(0, 1) ?? []);
  return letters.length > 2 ? [letters.join(''), ...year].join(' ') : conference;
}

/** A state and why, where it is not that of a new outcome: `dropped: no time`. Empty when there is nothing to say. */
export function stateWords({ kind, state, more }: Pick<Outcome, 'kind' | 'state' | 'more'>): string {
  if (more !== '') return `${state}: ${more}`;
  return state === STATES[kind][0] ? '' : state;
}

const PLURALS: Readonly<Record<OutcomeKind, [one: string, many: string]>> = {
  decision: ['decision', 'decisions'],
  action: ['action', 'actions'],
  question: ['question', 'questions'],
  gap: ['gap', 'gaps'],
};

/** `3 decisions, 6 actions (1 done, 1 without owner), 1 question`; `nothing was marked` when there is none. */
export function countWords(sessions: readonly PublishedSession[]): string {
  const all = sessions.flatMap(({ outcomes }) => outcomes);
  const parts = Object.entries(PLURALS).flatMap(([kind, [one, many]]) => {
    const these = all.filter((outcome) => outcome.kind === kind);
    if (these.length === 0) return [];
    const more = kind === 'action' ? aboutActions(these) : [];
    return [`${these.length} ${these.length === 1 ? one : many}${more.length > 0 ? ` (${more.join(', ')})` : ''}`];
  });
  return parts.length === 0 ? 'nothing was marked' : parts.join(', ');
}

/** `6 actions, 1 gap`, in the order of the mail. */
export function kindCounts(kinds: readonly OutcomeKind[]): string {
  const parts = Object.entries(PLURALS).flatMap(([kind, [one, many]]) => {
    const count = kinds.filter((each) => each === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return parts.join(', ');
}

function aboutActions(actions: readonly Outcome[]): string[] {
  const done = actions.filter(({ state }) => state === 'done').length;
  const bare = actions.filter(({ owners }) => owners.length === 0).length;
  return [...(done > 0 ? [`${done} done`] : []), ...(bare > 0 ? [`${bare} without owner`] : [])];
}

/** Written in a mail as in a file name: the dash between days is none of ASCII. */
export const plainDashes = (words: string): string => words.replace(/[\u2013\u2014]/g, '-');
