import type { SaveState } from './save-state.ts';
import type { FinalClose, Trouble } from './trouble.ts';

/** The few words at the top of the room, and how they are to be shown: never by colour alone. */
export interface SavedWord {
  icon: 'check' | 'dot' | 'spinner' | 'cloud-off' | 'alert';
  tone: 'quiet' | 'warn' | 'bad';
  word: string;
  /** Goes on after the word where there is room. */
  more: string;
  /** What there is to know beside it, for who points at the words; empty when there is nothing. */
  why?: string;
  /** What a screen reader is told; only what changed for the better or worse, never each key. */
  spoken: string;
}

export type SavedAction = 'try' | 'copy' | 'file' | 'reload' | 'drop';

/** The strip under the bar: what is, then what to do. */
export interface SavedAdvice {
  tone: 'warn' | 'bad';
  lead: string;
  text: string;
  actions: SavedAction[];
}

/** @param time writes `clock.now()` as a time of day with seconds */
export function savedWord(state: SaveState, time: (at: number) => string): SavedWord {
  switch (state.kind) {
    case 'opening':
      return { icon: 'dot', tone: 'quiet', word: 'Opening', more: '', spoken: '' };
    case 'saved':
      return savedBy(state.requests === true, time(state.at));
    case 'writing':
      if (state.at === null) return { icon: 'dot', tone: 'quiet', word: 'Saving', more: '', spoken: '' };
      return { icon: 'dot', tone: 'quiet', word: 'Last saved', more: ` ${time(state.at)}`, spoken: '' };
    case 'saving':
      return { icon: 'spinner', tone: 'quiet', word: 'Saving', more: ` ${changes(state.changes)}`, spoken: '' };
    case 'offline':
    case 'not-saved':
      return unsavedWord(state);
    case 'refused':
      return {
        icon: 'alert',
        tone: 'bad',
        word: 'Not saved',
        more: `: ${SHORT[state.close]}`,
        spoken: refused(state).lead,
      };
  }
}

/** HT1: what the network does not let through is said where the state is. */
const BY_REQUESTS = 'This network lets no WebSocket through: text goes by plain requests, a little slower.';

function savedBy(requests: boolean, at: string): SavedWord {
  const saved = { icon: 'check', tone: 'quiet', word: 'Saved', more: ` ${at}`, spoken: 'Saved.' } as const;
  if (!requests) return saved;
  return { ...saved, more: ` ${at} by plain requests`, why: BY_REQUESTS, spoken: `Saved. ${BY_REQUESTS}` };
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

export function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}

type Unsaved = Extract<SaveState, { kind: 'offline' | 'not-saved' }>;

function unsavedWord(state: Unsaved): SavedWord {
  const spoken = state.kind === 'offline' ? 'Offline. Text is not saved.' : 'Text is not saved.';
  if (state.changes === 0)
    return {
      icon: 'cloud-off',
      tone: 'warn',
      word: state.kind === 'offline' ? 'Offline' : 'No connection',
      more: '',
      spoken,
    };
  const where = state.kept === 'browser' ? 'kept in this browser' : 'in this tab only';
  const more = `: ${changes(state.changes)} ${where}`;
  const bad = state.kind === 'not-saved' && state.why === 'cannot-store';
  return { icon: bad ? 'alert' : 'cloud-off', tone: bad ? 'bad' : 'warn', word: 'Not saved', more, spoken };
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

const SHORT: Record<FinalClose, string> = {
  'old-epoch': 'the note was replaced',
  'old-schema': 'reload this page',
  'foreign-client-id': 'not from this device',
  'unknown-note': 'the note is gone',
  'no-access': 'no access',
  'sign-in': 'no access',
  'too-large': 'too large',
  refused: 'refused by the server',
};

function refused({ changes: count, close }: { changes: number; close: FinalClose }): SavedAdvice {
  const mine = count === 0 ? '' : `${changes(count)} ${count === 1 ? 'is' : 'are'} kept in this browser`;
  const sent = mine && ` ${mine} and ${count === 1 ? 'goes' : 'go'} out after that.`;
  const apart = mine && ` ${mine}, and not part of it.`;
  const copy: SavedAction[] = count > 0 ? ['copy', 'file'] : [];
  switch (close) {
    case 'old-schema':
      return bad('This page is older than the note.', `Reload to go on.${sent}`, ['reload', ...copy]);
    case 'old-epoch':
      return bad('This note was replaced.', `Reload to see what is there now.${apart}`, [...copy, 'reload']);
    case 'unknown-note':
      return bad('This note is gone.', mine && `${mine}.`, copy);
    case 'sign-in':
    case 'no-access':
      return bad('You may not open this note now.', mine && `${mine}.`, [...copy, 'reload']);
    case 'foreign-client-id':
      return bad(
        'Not saved.',
        `The server does not take text of another device. ${mine || 'It is kept in this browser'}.`,
        ['copy', 'file', 'drop'],
      );
    case 'too-large':
      return bad('Not saved.', `A change is larger than the server takes. ${mine || 'It is kept in this browser'}.`, [
        'copy',
        'file',
        'drop',
      ]);
    case 'refused':
      return bad('Not saved.', `The server refuses this tab.${mine && ` ${mine}.`}`, [...copy, 'reload']);
  }
}

function bad(lead: string, text: string, actions: SavedAction[]): SavedAdvice {
  return { tone: 'bad', lead, text, actions };
}
