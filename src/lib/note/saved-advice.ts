import type { SaveState } from './save-state.ts';
import { changes, REFUSED, type Unsaved } from './saved-words.ts';
import type { FinalClose, Trouble } from './trouble.ts';

export type SavedAction = 'try' | 'copy' | 'file' | 'reload' | 'drop';

/** The strip under the bar: what is, then what to do. */
export interface SavedAdvice {
  tone: 'warn' | 'bad';
  lead: string;
  text: string;
  actions: SavedAction[];
}

/** null while there is nothing to do. @param seconds until the next try by itself, null when none is planned */
export function savedAdvice(
  state: SaveState,
  seconds: number | null,
  time: (at: number) => string,
): SavedAdvice | null {
  switch (state.kind) {
    case 'offline': {
      const text = `Keep writing. ${whereChangesAre(state, time)}${nextTry(seconds)}`;
      return { tone: 'warn', lead: 'You are offline.', text, actions: tryAnd(state.changes) };
    }
    case 'not-saved':
      return notSaved(state, seconds, time);
    case 'refused':
      return refused(state);
    default:
      return null;
  }
}

const WHY: Record<Trouble['why'], string> = {
  unreachable: 'The server does not answer.',
  lost: 'The connection is lost.',
  'no-answer': 'The server does not answer.',
  'bad-frame': 'The server’s answers cannot be read.',
  restart: 'The server restarts.',
  busy: 'The server is busy.',
  full: 'This room is full.',
  'cannot-store': 'The server cannot store text.',
};

function notSaved(
  state: Extract<SaveState, { kind: 'not-saved' }>,
  seconds: number | null,
  time: (at: number) => string,
): SavedAdvice {
  const text = `${WHY[state.why]} Keep writing. ${whereChangesAre(state, time)}${nextTry(seconds)}`;
  const lead = state.changes > 0 ? 'Not saved.' : 'No connection.';
  return { tone: state.why === 'cannot-store' ? 'bad' : 'warn', lead, text, actions: tryAnd(state.changes) };
}

function whereChangesAre({ changes: count, since, kept }: Unsaved, time: (at: number) => string): string {
  const from = since === null ? '' : count === 1 ? ` of ${time(since)}` : `, the first of ${time(since)},`;
  const what = count === 0 ? 'Changes' : `${changes(count)}${from}`;
  const are = count === 1 ? 'is' : 'are';
  if (kept === 'tab') return `${what} ${are} in this tab only, because this browser keeps no copy: leave it open.`;
  return `${what} ${are} kept in this browser and ${count === 1 ? 'goes' : 'go'} out when the connection is back.`;
}

function nextTry(seconds: number | null): string {
  return seconds === null || seconds < 1 ? '' : ` Next try in ${seconds} s.`;
}

function tryAnd(count: number): SavedAction[] {
  return count > 0 ? ['try', 'copy', 'file'] : ['try'];
}

function refused({ changes: count, close }: { changes: number; close: FinalClose }): SavedAdvice {
  const mine = count === 0 ? '' : `${changes(count)} ${count === 1 ? 'is' : 'are'} kept in this browser`;
  const sent = mine && ` ${mine} and ${count === 1 ? 'goes' : 'go'} out after that.`;
  const apart = mine && ` ${mine}, and not part of it.`;
  const copy: SavedAction[] = count > 0 ? ['copy', 'file'] : [];
  const bad = (text: string, actions: SavedAction[]): SavedAdvice => ({
    tone: 'bad',
    lead: REFUSED[close],
    text,
    actions,
  });
  switch (close) {
    case 'old-schema':
      return bad(`Reload to go on.${sent}`, ['reload', ...copy]);
    case 'old-epoch':
      return bad(`Reload to see what is there now.${apart}`, [...copy, 'reload']);
    case 'unknown-note':
      return bad(mine && `${mine}.`, copy);
    case 'sign-in':
    case 'no-access':
      return bad(mine && `${mine}.`, [...copy, 'reload']);
    case 'foreign-client-id':
      return bad(`The server does not take text of another device. ${mine || 'It is kept in this browser'}.`, [
        'copy',
        'file',
        'drop',
      ]);
    case 'too-large':
      return bad(`A change is larger than the server takes. ${mine || 'It is kept in this browser'}.`, [
        'copy',
        'file',
        'drop',
      ]);
    case 'refused':
      return bad(`The server refuses this tab.${mine && ` ${mine}.`}`, [...copy, 'reload']);
  }
}
