import type { SaveState } from './save-state.ts';
import type { FinalClose } from './trouble.ts';

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
        spoken: REFUSED[state.close],
      };
  }
}

/** HT1: what the network does not let through is said where the state is. */
const BY_REQUESTS = 'No WebSocket gets through at the moment: text goes by plain requests, a little slower.';

function savedBy(requests: boolean, at: string): SavedWord {
  const saved = { icon: 'check', tone: 'quiet', word: 'Saved', more: ` ${at}`, spoken: 'Saved.' } as const;
  if (!requests) return saved;
  return { ...saved, more: ` ${at} by plain requests`, why: BY_REQUESTS, spoken: `Saved. ${BY_REQUESTS}` };
}

export function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}

export type Unsaved = Extract<SaveState, { kind: 'offline' | 'not-saved' }>;

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
  const more = `: ${whereTheyAre(state)}`;
  const bad = state.kind === 'not-saved' && state.why === 'cannot-store';
  return { icon: bad ? 'alert' : 'cloud-off', tone: bad ? 'bad' : 'warn', word: 'Not saved', more, spoken };
}

/** Only what is on this browser's disk is said to be kept there. */
function whereTheyAre({ changes: count, kept, keeping = 0 }: Unsaved): string {
  if (kept === 'tab') return `${changes(count)} in this tab only`;
  if (keeping >= count) return `keeping ${changes(count)} in this browser`;
  return `${changes(count - keeping)} kept in this browser`;
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

/** What is said first of a close that is final. */
export const REFUSED: Readonly<Record<FinalClose, string>> = {
  'old-schema': 'This page is older than the note.',
  'old-epoch': 'This note was replaced.',
  'unknown-note': 'This note is gone.',
  'sign-in': 'You may not open this note now.',
  'no-access': 'You may not open this note now.',
  'foreign-client-id': 'Not saved.',
  'too-large': 'Not saved.',
  refused: 'Not saved.',
};
