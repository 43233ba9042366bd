import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Access } from '#core/event/model.ts';
import type { FactChange } from '#core/outcomes/change-fact.ts';
import { oneEvent } from '../../tests/support/one-event.ts';
import { addOutcome, outcomeId, outcomes } from '../../tests/support/outcomes.ts';
import type { Actor } from '../identity/actor.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { outcomeChanges } from './changes.ts';

let store: Store;
let doc: Y.Doc;
let edits: { noteId: string; actor: string }[];

const ana: Actor = { id: 'device-ana', name: 'Ana Bo', organizer: false, loopback: false };
const done: FactChange = { id: outcomeId(1), fact: 'state', was: 'open', value: 'done' };
const change = (actor: Actor, wanted: FactChange = done, session = 'session-0') =>
  outcomeChanges({
    events: store.events,
    rooms: {
      async edit(noteId, by, run) {
        edits.push({ noteId, actor: by });
        run(doc);
        return true;
      },
    },
  }).change(actor, { event: 'test-event', session }, wanted);
const state = () => outcomes(doc)[0]?.getAttribute('state') ?? '';

beforeEach(async () => {
  store = memoryStore({ clock: { now: () => 0 } });
  await oneEvent(store);
  [doc, edits] = [new Y.Doc(), []];
  addOutcome(doc, { id: outcomeId(1) });
});

describe('BO4: changes from outside a note', () => {
  test('BO4: are edits in the note in the name of who made them', async () => {
    await change(ana);
    expect([state(), edits]).toEqual(['done', [{ noteId: expect.any(String) as string, actor: 'device-ana' }]]);
  });

  test.each<[Access, Partial<Actor>, string]>([
    ['closed', {}, 'access'],
    ['loopback', {}, 'access'],
    ['closed', { organizer: true }, ''],
    ['open', { name: null }, 'input'],
    ['closed', { name: null }, 'access'],
  ])('BO4, ID6: in an event that is %s, by %j: "%s"', async (access, who, kind) => {
    await store.events.setAccess('test-event', access, []);
    const asked = change({ ...ana, ...who });
    if (kind === '') await asked;
    else await expect(asked).rejects.toMatchObject({ kind });
    expect([state(), edits.length]).toEqual(kind === '' ? ['done', 1] : ['', 0]);
  });

  test.each<[Partial<FactChange>, string, object]>([
    [{ was: 'blocked' }, 'session-0', { kind: 'refused', status: 409 }],
    [{ value: 'lost' }, 'session-0', { kind: 'input', field: 'state' }],
    [{ id: outcomeId(2) }, 'session-0', { kind: 'not-found' }],
    [{}, 'session-9', { kind: 'not-found' }],
  ])('BO4: %j in %s is refused, and nothing changes', async (part, session, refusal) => {
    await expect(change(ana, { ...done, ...part }, session)).rejects.toMatchObject(refusal);
    expect(state()).toBe('');
  });
});
