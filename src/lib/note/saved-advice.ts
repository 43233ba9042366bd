import type { Kept, SaveState } from './save-state.ts';
import { changes, REFUSED, type Unsaved } from './saved-words.ts';
import type { Trouble } from './trouble.ts';

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

function whereChangesAre({ changes: all, since, kept, keeping = 0 }: Unsaved, time: (at: number) => string): string {
  // What is on its way to this browser's disk is not there.
  const count = keeping < all ? all - keeping : all;
  const from = since === null ? '' : count === 1 ? ` of ${time(since)}` : `, the first of ${time(since)},`;
  const what = count === 0 ? 'Changes' : `${changes(count)}${from}`;
  const are = count === 1 ? 'is' : 'are';
  if (kept === 'tab') return `${what} ${are} in this tab only, because this browser keeps no copy: leave it open.`;
  if (all > 0 && keeping >= all) return `${what} ${are} being kept in this browser.`;
  return `${what} ${are} kept in this browser and ${count === 1 ? 'goes' : 'go'} out when the connection is back.`;
}

function nextTry(seconds: number | null): string {
  return seconds === null || seconds < 1 ? '' : ` Next try in ${seconds} s.`;
}

function tryAnd(count: number): SavedAction[] {
  return count > 0 ? ['try', 'copy', 'file'] : ['try'];
}

function refused({ changes: count, kept, close }: Extract<SaveState, { kind: 'refused' }>): SavedAdvice {
  const copy: SavedAction[] = count > 0 ? ['copy', 'file'] : [];
  const bad = (text: string, actions: SavedAction[], goOn = ''): SavedAdvice => ({
    tone: 'bad',
    lead: REFUSED[close],
    text: `${text} ${whereRefusedAre(count, kept, goOn)}`.trim(),
    actions,
  });
  switch (close) {
    case 'old-schema':
      return bad('Reload to go on.', ['reload', ...copy], ` and ${count === 1 ? 'goes' : 'go'} out after that`);
    case 'old-epoch':
      return bad('Reload to see what is there now.', [...copy, 'reload'], ', and not part of it');
    case 'unknown-note':
      return bad('', copy);
    case 'sign-in':
    case 'no-access':
      return bad('', [...copy, 'reload']);
    case 'foreign-client-id':
      return bad('The server does not take text of another device.', ['copy', 'file', 'drop']);
    case 'too-large':
      return bad('A change is larger than the server takes.', ['copy', 'file', 'drop']);
    case 'refused':
      return bad('The server refuses this tab.', [...copy, 'reload']);
  }
}

function whereRefusedAre(count: number, kept: Kept, goOn: string): string {
  if (count === 0) return '';
  const are = `${changes(count)} ${count === 1 ? 'is' : 'are'}`;
  return kept === 'browser' ? `${are} kept in this browser${goOn}.` : `${are} in this tab only: copy or save first.`;
}
