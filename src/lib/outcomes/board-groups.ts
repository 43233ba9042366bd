import { OUTCOME_KINDS, STATES } from '#core/outcomes/kinds.ts';
import { ownerName } from '#core/outcomes/names.ts';
import type { KnownPeople } from '#core/outcomes/signed.ts';
import type { Grouping } from './board-address.ts';
import type { BoardSession } from './board-data.ts';
import type { BoardRow } from './board-rows.ts';
import { KIND_PLURALS, stateWords } from './board-words.ts';

/** Where a row belongs. */
export interface GroupHead {
  id: string;
  title: string;
  /** What it belongs to itself. */
  more: string;
  /** The one whose rows these are. */
  person?: string;
  /** The title says what is missing. */
  lack?: boolean;
}

export interface BoardGroup extends GroupHead {
  rows: BoardRow[];
}

/** The heads a row stands under; of several owners or topics one for each. */
export type HeadsOf = (row: BoardRow) => readonly GroupHead[];

const NOBODY: GroupHead = { id: 'no owner', title: 'No owner', more: 'actions nobody has taken', lack: true };
const UNNAMED: GroupHead = { id: 'nobody', title: 'Nobody named', more: '' };
const NO_TOPIC: GroupHead = { id: 'no topic', title: 'No topic', more: '' };

/** `people`: an owner is under the one who is meant by the name, however it is written (OU4). */
export function headsBy(by: Grouping, sessions: readonly BoardSession[], people: KnownPeople = []): HeadsOf {
  const ofSession = new Map(sessions.map((session) => [session.slug, session]));
  switch (by) {
    case 'session': {
      const heads = new Map(sessions.map((one) => [one.slug, [sessionHead(one)]]));
      return ({ session }) => heads.get(session) ?? [{ id: session, title: session, more: '' }];
    }
    case 'topic':
      return ({ session }) => {
        const paths = ofSession.get(session)?.paths ?? [];
        return paths.length === 0 ? [NO_TOPIC] : paths.map(topicHead);
      };
    case 'person':
      return ({ kind, owners }) => {
        if (owners.length === 0) return [kind === 'action' ? NOBODY : UNNAMED];
        const names = new Set(owners.map((owner) => ownerName(owner, people)));
        return [...names].map((name) => ({ id: `person ${name}`, title: name, more: '', person: name }));
      };
    case 'kind':
      return ({ kind }) => [{ id: kind, title: KIND_PLURALS[kind], more: '' }];
    case 'state':
      return ({ state }) => [{ id: state, title: stateWords(state), more: '' }];
  }
}

function sessionHead({ slug, title, paths }: BoardSession): GroupHead {
  const above = paths
    .map((path) => (path.at(-1) === title ? path.slice(0, -1) : path))
    .filter(({ length }) => length > 0);
  return { id: slug, title, more: above.map((path) => path.join(' › ')).join('; ') };
}

function topicHead(path: string[]): GroupHead {
  return { id: path.join(' › '), title: path.at(-1) ?? '', more: path.slice(0, -1).join(' › ') };
}

const STATE_ORDER = [...new Set(Object.values(STATES).flat())];
const collator = new Intl.Collator('en', { numeric: true });

/** Groups in the order of what they are by: programme, tree, names, kinds, states. */
export function inGroups(rows: readonly BoardRow[], by: Grouping, headsOf: HeadsOf): BoardGroup[] {
  const groups = new Map<string, BoardGroup>();
  for (const row of rows)
    for (const head of headsOf(row)) {
      const group = groups.get(head.id);
      if (group) group.rows.push(row);
      else groups.set(head.id, { ...head, rows: [row] });
    }
  const all = [...groups.values()];
  if (by === 'kind') return ordered(all, OUTCOME_KINDS);
  if (by === 'state') return ordered(all, STATE_ORDER);
  if (by !== 'person') return all;
  const first = ({ id }: GroupHead) => (id === NOBODY.id ? 0 : id === UNNAMED.id ? 2 : 1);
  return all.sort((one, other) => first(one) - first(other) || collator.compare(one.title, other.title));
}

function ordered(groups: BoardGroup[], ids: readonly string[]): BoardGroup[] {
  return groups.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/** The first rows, in their groups. */
export function firstOf(groups: readonly BoardGroup[], most: number): BoardGroup[] {
  const shown: BoardGroup[] = [];
  let left = most;
  for (const group of groups) {
    if (left <= 0) break;
    shown.push(left < group.rows.length ? { ...group, rows: group.rows.slice(0, left) } : group);
    left -= group.rows.length;
  }
  return shown;
}
