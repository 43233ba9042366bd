import { expect, test } from 'vitest';
import type { SaveState } from './save-state.ts';
import { savedAdvice } from './saved-advice.ts';
import { savedWord } from './saved-words.ts';
import type { FinalClose } from './trouble.ts';

const time = (): string => '12:24:07';
const header = (state: SaveState): string => {
  const { word, more } = savedWord(state, time);
  return word + more;
};
const strip = (state: SaveState, seconds: number | null = null): string => {
  const advice = savedAdvice(state, seconds, () => '12:24');
  return advice ? `${advice.lead} ${advice.text}` : '';
};
const unsaved = { changes: 6, since: null, kept: 'browser', nextTryAt: null } as const;

test('CL2: the words at the top', () => {
  expect(header({ kind: 'saved', at: 1 })).toBe('Saved 12:24:07');
  expect(header({ kind: 'saving', changes: 3 })).toBe('Saving 3 changes');
  expect(header({ kind: 'offline', ...unsaved })).toBe('Not saved: 6 changes kept in this browser');
  expect(header({ kind: 'not-saved', ...unsaved, changes: 1, why: 'lost' })).toBe(
    'Not saved: 1 change kept in this browser',
  );
  expect(header({ kind: 'offline', ...unsaved, changes: 0 })).toBe('Offline');
});

test('CL2: only saved says saved', () => {
  const others: SaveState[] = [
    { kind: 'opening' },
    { kind: 'writing', changes: 1, at: 1 },
    { kind: 'writing', changes: 1, at: null },
    { kind: 'saving', changes: 1 },
    { kind: 'offline', ...unsaved },
    { kind: 'not-saved', ...unsaved, why: 'no-answer' },
    { kind: 'refused', changes: 1, kept: 'browser', close: 'old-epoch' },
  ];
  for (const state of others) {
    expect(header(state)).not.toMatch(/^Saved/);
    expect(savedWord(state, time).icon).not.toBe('check');
    expect(savedWord(state, time).spoken).not.toMatch(/^Saved/);
  }
});

test('CL2: the strip says what is, then what to do, and when the next try is', () => {
  expect(strip({ kind: 'offline', ...unsaved }, 8)).toBe(
    'You are offline. Keep writing. 6 changes are kept in this browser and go out when the connection is back. Next try in 8 s.',
  );
  expect(strip({ kind: 'not-saved', ...unsaved, changes: 1, why: 'cannot-store' })).toBe(
    'Not saved. The server cannot store text. Keep writing. 1 change is kept in this browser and goes out when the connection is back.',
  );
  expect(strip({ kind: 'offline', ...unsaved, since: 1 })).toContain(
    '6 changes, the first of 12:24, are kept in this browser',
  );
  expect(strip({ kind: 'offline', ...unsaved, since: 1, changes: 1 })).toContain(
    '1 change of 12:24 is kept in this browser',
  );
  expect(strip({ kind: 'saved', at: 1 })).toBe('');
});

test('CL2: a browser that keeps no copy is not said to keep one', () => {
  const state: SaveState = { kind: 'offline', changes: 2, since: null, kept: 'tab', nextTryAt: null };
  expect(header(state)).toBe('Not saved: 2 changes in this tab only');
  expect(strip(state)).toContain('leave it open');
  const refused = strip({ kind: 'refused', changes: 2, kept: 'tab', close: 'old-schema' });
  expect(refused).toBe(
    'This page is older than the note. Reload to go on. 2 changes are in this tab only: copy or save first.',
  );
});

test('CL2: only what is on this browser’s disk is said to be kept there', () => {
  const first: SaveState = { kind: 'offline', ...unsaved, changes: 1, keeping: 1 };
  expect(header(first)).toBe('Not saved: keeping 1 change in this browser');
  expect(strip(first)).toContain('1 change is being kept in this browser.');
  const next: SaveState = { kind: 'offline', ...unsaved, changes: 6, keeping: 1 };
  expect(header(next)).toBe('Not saved: 5 changes kept in this browser');
  expect(strip(next)).toContain('5 changes are kept in this browser');
});

test('CL6: every final close says what to do, and offers text that is not saved as a copy', () => {
  const closes: FinalClose[] = [
    'old-epoch',
    'old-schema',
    'foreign-client-id',
    'unknown-note',
    'no-access',
    'sign-in',
    'too-large',
    'refused',
  ];
  for (const close of closes) {
    const advice = savedAdvice({ kind: 'refused', changes: 2, kept: 'browser', close }, null, time);
    expect(advice?.actions).toEqual(expect.arrayContaining(['copy', 'file']));
    expect(advice?.text).toContain('2 changes are kept in this browser');
  }
  expect(
    savedAdvice({ kind: 'refused', changes: 0, kept: 'browser', close: 'old-schema' }, null, time)?.actions,
  ).toEqual(['reload']);
});

test('CL2: screen readers hear that it turned bad or good, not each key', () => {
  const spoken = (changes: number): string => savedWord({ kind: 'offline', ...unsaved, changes }, time).spoken;
  expect(spoken(1)).toBe(spoken(7));
  expect(savedWord({ kind: 'writing', changes: 1, at: 1 }, time).spoken).toBe('');
});
