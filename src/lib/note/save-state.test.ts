import { expect, test } from 'vitest';
import { type SaveFacts, saveState } from './save-state.ts';

const typedOnACopy: SaveFacts = {
  link: { kind: 'open', synced: false, way: 'socket' },
  ...{ trouble: null, allSaved: false, waiting: false, online: true, copy: 'kept', keeping: null },
  ...{ unsaved: 1, unsavedSince: 2_000, unsavedAt: 5_002_000, openedAt: 0, savedAt: null, elapsed: 2_500 },
};

test.each([false, true])('CL2: a change waits on an open socket (synced: %s): it is said within 8 s', (synced) => {
  const facts: SaveFacts = { ...typedOnACopy, link: { kind: 'open', synced, way: 'socket' } };
  expect(saveState(facts)).toEqual({ state: { kind: 'saving', changes: 1 }, lookAt: 9_500 });
  expect(saveState({ ...facts, elapsed: 9_500 }).state).toEqual({
    ...{ kind: 'not-saved', changes: 1, since: 5_002_000, kept: 'browser', nextTryAt: null, why: 'no-answer' },
  });
});

test('CL2 twin: nothing waits: nothing is said', () => {
  const later = { ...typedOnACopy, elapsed: 60_000, unsaved: 0, unsavedSince: null };
  expect(saveState(later)).toEqual({ state: { kind: 'opening' }, lookAt: null });
});
