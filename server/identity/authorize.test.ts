import { describe, expect, it } from 'vitest';
import type { Access } from '#core/event/model.ts';
import type { Actor } from './actor.ts';
import { authorize } from './authorize.ts';
import type { Action } from './authorize.ts';

const guest: Actor = { id: 'a', name: 'Ada', organizer: false, loopback: false };
const actors: Record<string, Actor> = {
  guest,
  'guest here': { ...guest, loopback: true },
  'nameless guest': { ...guest, name: null },
  tool: { id: 'unnamed', name: null, organizer: false, loopback: false },
  'tool here': { id: 'unnamed', name: null, organizer: false, loopback: true },
};

/** Who may read and write; organizing is only for organizers. */
const readersAndWriters: Record<Access, string[]> = {
  open: Object.keys(actors),
  loopback: ['guest here', 'tool here'],
  invite: [],
  closed: [],
};

describe('authorize', () => {
  for (const [access, allowed] of Object.entries(readersAndWriters) as [Access, string[]][])
    for (const [who, actor] of Object.entries(actors)) {
      const may = allowed.includes(who);
      it(`ID6, ID7: ${who} may ${may ? '' : 'not '}read and write in an event with access ${access}, and not organize`, () => {
        expect(authorize(actor, 'read', { access })).toBe(may);
        expect(authorize(actor, 'write', { access })).toBe(may);
        expect(authorize(actor, 'organize', { access })).toBe(false);
      });
    }

  it.each(['open', 'loopback', 'invite', 'closed'] as const)(
    'ID5: an organizer may do everything where access is %s',
    (access) => {
      const organizer = { ...guest, organizer: true };
      for (const action of ['read', 'write', 'organize'] as const)
        expect(authorize(organizer, action, { access })).toBe(true);
    },
  );

  it('ID6: what it does not know is denied', () => {
    expect(authorize(guest, 'erase' as Action, { access: 'open' })).toBe(false);
    expect(authorize(guest, 'read', { access: 'public' as Access })).toBe(false);
    expect(authorize({ ...guest, loopback: true }, 'read', { access: '' as Access })).toBe(false);
  });
});
