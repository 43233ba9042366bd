import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/store.ts';
import type { EventRecord } from '#server/store/tables.ts';
import { beds, loaded, type StoreBed } from './store-bed.ts';
import { notesOf, sampleEvent, sampleMaterial, sampleSession, uuid } from './store-samples.ts';

export function eventContract(name: string, makeBed: () => StoreBed): void {
  describe(`${name}: events`, { timeout: 30_000 }, () => {
    const { open } = beds(makeBed);

    async function saved(store: Store, event: EventRecord): Promise<EventRecord> {
      await store.events.save(event, notesOf(event.sessions));
      return event;
    }

    test("an event comes back as it was saved, also after a restart, and is nobody else's object", async () => {
      const { bed, store } = await open();
      const bare = sampleSession(2, {
        start: null,
        minutes: null,
        room: null,
        url: null,
        people: [],
        topics: [],
        sourceKeys: [],
      });
      const event = await saved(
        store,
        sampleEvent([sampleSession(1, { materials: [sampleMaterial('m1'), sampleMaterial('import:m2')] }), bare]),
      );
      const first = await store.events.get('vfio-2023');
      expect(first).toEqual(event);
      first?.sessions.splice(0);
      expect(await store.events.get('vfio-2023')).toEqual(event);
      expect(await store.events.get('vfio-2022')).toBeNull();
      await store.close();
      const reopened = await bed.open();
      expect(await reopened.events.get('vfio-2023')).toEqual(event);
      await reopened.close();
    });

    test('events are listed by first day, then slug', async () => {
      const { store } = await open();
      for (const [slug, start] of [
        ['b', '2024-01-02'],
        ['a', '2024-01-02'],
        ['z', '2023-11-13'],
      ] as const)
        // prettier-ignore
        await saved(store, sampleEvent([], { id: slug, slug, prefix: slug.toUpperCase(), start }));
      const zone = 'America/New_York';
      const head = { title: 'VFIO/IOMMU/PCI MC', end: '2023-11-15', zone };
      expect(await store.events.list()).toEqual([
        { ...head, slug: 'z', start: '2023-11-13' },
        { ...head, slug: 'a', start: '2024-01-02' },
        { ...head, slug: 'b', start: '2024-01-02' },
      ]);
    });

    test('EV8: saving again changes facts, order and source keys, adds sessions, and touches no note', async () => {
      const { store } = await open();
      const event = await saved(store, sampleEvent([sampleSession(1), sampleSession(2)]));
      const noteId = `${uuid(1)}.1`;
      await store.log.append({ noteId, updates: [{ actor: 'a', payload: new Uint8Array([1]) }], binds: [] });
      const moved = sampleSession(1, {
        title: 'Renamed',
        start: '2023-11-15T16:00:00Z',
        gone: true,
        sourceKeys: ['new'],
        joinedTo: 'session-3',
      });
      const changed = {
        ...event,
        title: 'New title',
        venue: 'Richmond',
        sourceKeys: ['b', 'a'],
        sessions: [sampleSession(2), sampleSession(3), moved],
      };
      await store.events.save(changed, notesOf([sampleSession(3)]));
      expect(await store.events.get('vfio-2023')).toEqual(changed);
      expect((await loaded(store, noteId)).headSeq).toBe(2);
      expect((await loaded(store, `${uuid(3)}.1`)).headSeq).toBe(1);
    });

    test('EV8, EV9, EV13: a save that drops a session, or changes a slug or a noteId, is an error and writes nothing', async () => {
      const { store } = await open();
      const event = await saved(store, sampleEvent([sampleSession(1), sampleSession(2)]));
      const other = { noteId: `${uuid(9)}.1` };
      const wrong: [EventRecord, ReturnType<typeof notesOf>][] = [
        [{ ...event, title: 'x', sessions: [sampleSession(1)] }, []],
        [{ ...event, title: 'x', slug: 'renamed' }, []],
        [{ ...event, title: 'x', sessions: [sampleSession(1), sampleSession(2, { slug: 'renamed' })] }, []],
        [{ ...event, title: 'x', sessions: [sampleSession(1), sampleSession(2, other)] }, []],
        [{ ...event, title: 'x', sessions: [...event.sessions, sampleSession(3)] }, []],
        [{ ...event, title: 'x' }, notesOf([sampleSession(3)])],
      ];
      for (const [record, notes] of wrong) await expect(store.events.save(record, notes)).rejects.toThrow();
      expect(await store.events.get('vfio-2023')).toEqual(event);
      expect(await store.log.load(`${uuid(3)}.1`)).toBeNull();
    });

    test('EV13, OU6: slugs are unique in their scope, prefixes on the server, source keys in their event', async () => {
      const { store } = await open();
      await saved(store, sampleEvent([sampleSession(1)]));
      const taken = async (event: EventRecord): Promise<unknown> =>
        store.events.save(event, notesOf(event.sessions)).then(
          () => 'saved',
          (error: { what?: unknown }) => error.what,
        );
      const second = { id: 'event-2', slug: 'second', prefix: 'PCIV23' };
      const twin = sampleSession(3, { slug: 'iommu-2' });
      const sameKey = sampleSession(3, { sourceKeys: ['topic:iommu/2'] });
      expect(await taken(sampleEvent([], { id: 'event-2', prefix: 'PCIV23' }))).toBe('slug');
      expect(await taken(sampleEvent([], { id: 'event-2', slug: 'second' }))).toBe('prefix');
      expect(await taken(sampleEvent([sampleSession(2), twin], second))).toBe('slug');
      expect(await taken(sampleEvent([sampleSession(2), sameKey], second))).toBe('source-key');
      expect(await taken(sampleEvent([], { ...second, sourceKeys: ['a', 'a'] }))).toBe('source-key');
      expect(await taken(sampleEvent([sampleSession(2, { id: 'session-1' })], second))).toBe('id');
      expect(await store.events.list()).toHaveLength(1);
      expect(await store.log.load(`${uuid(2)}.1`)).toBeNull();
      // The same slug and keys are free in another event.
      expect(
        await taken(sampleEvent([sampleSession(2, { slug: 'iommu-1', sourceKeys: ['topic:iommu/1'] })], second)),
      ).toBe('saved');
    });

    test('EV8: imported materials follow the import at their places, those of people stay', async () => {
      const { store } = await open();
      const before = [
        sampleMaterial('import:a'),
        sampleMaterial('mine'),
        sampleMaterial('import:b'),
        sampleMaterial('mine2'),
      ];
      const event = await saved(store, sampleEvent([sampleSession(1, { materials: before })]));
      const incoming = [
        sampleMaterial('import:c'),
        sampleMaterial('import:b', 'New title'),
        sampleMaterial('mine', 'Not yours'),
      ];
      await store.events.save({ ...event, sessions: [sampleSession(1, { materials: incoming })] }, []);
      expect((await store.events.get('vfio-2023'))?.sessions[0]?.materials).toEqual([
        sampleMaterial('mine'),
        sampleMaterial('import:b', 'New title'),
        sampleMaterial('mine2'),
        sampleMaterial('import:c'),
      ]);
    });

    test('MA3: materials are replaced in order, and only by who saw the newest list', async () => {
      const { store } = await open();
      await saved(store, sampleEvent([sampleSession(1), sampleSession(2)]));
      const [a, b, c] = [sampleMaterial('a'), sampleMaterial('b'), sampleMaterial('c')];
      expect(await store.events.setMaterials('session-1', [], [b, a])).toBe(true);
      expect(await store.events.setMaterials('session-1', ['a', 'b'], [c])).toBe(false);
      expect(await store.events.setMaterials('session-1', [], [c])).toBe(false);
      expect(await store.events.setMaterials('session-9', [], [c])).toBe(false);
      expect(await store.events.setMaterials('session-1', ['b', 'a'], [a, c, b])).toBe(true);
      const races = [[a], [b], [c]].map((list) => store.events.setMaterials('session-1', ['a', 'c', 'b'], list));
      expect((await Promise.all(races)).filter(Boolean)).toHaveLength(1);
      await expect(store.events.setMaterials('session-2', [], [a, a])).rejects.toThrow();
      const sessions = (await store.events.get('vfio-2023'))?.sessions;
      expect(sessions?.map((session) => session.materials.length)).toEqual([1, 0]);
    });

    test('OU6: the prefix of an event stays what it was', async () => {
      const { store } = await open();
      const event = await saved(store, sampleEvent([sampleSession(1)]));
      await store.events.save({ ...event, prefix: 'VFIO23' }, []);
      expect((await store.events.get('vfio-2023'))?.prefix).toBe('PCI23');
    });

    test('access is changed by setAccess alone', async () => {
      const { store } = await open();
      const event = await saved(store, sampleEvent([sampleSession(1)], { access: 'loopback' }));
      await store.events.setAccess('vfio-2023', 'closed');
      await store.events.save({ ...event, access: 'open' }, []);
      expect((await store.events.get('vfio-2023'))?.access).toBe('closed');
      await expect(store.events.setAccess('nowhere', 'open')).rejects.toMatchObject({ kind: 'not-found' });
    });

    test('SE1: settings are changed by settle alone, and come back after a restart', async () => {
      const { bed, store } = await open();
      const event = await saved(store, sampleEvent([sampleSession(1)]));
      const settings = { ...event.settings, thread: null, subject: 'Results', words: ['ATS', 'iommufd'] };
      await store.events.settle({ ...event, settings, access: 'closed' }, [], []);
      settings.words.push('later');
      await store.events.save({ ...event, settings: { ...event.settings, lists: [] } }, []);
      await store.close();
      const reopened = await bed.open();
      const kept = await reopened.events.get('vfio-2023');
      expect(kept?.settings).toEqual({
        ...event.settings,
        thread: null,
        subject: 'Results',
        words: ['ATS', 'iommufd'],
      });
      expect(kept?.access).toBe('open');
      const nobody = sampleEvent([], { id: 'event-9', slug: 'nine', prefix: 'NINE23' });
      await expect(reopened.events.settle(nobody, [], [])).rejects.toThrow('There is no event');
      await reopened.close();
    });

    test('SE3: settle touches no note and drops no session', async () => {
      const { store } = await open();
      const event = await saved(store, sampleEvent([sampleSession(1), sampleSession(2)]));
      const noteId = `${uuid(1)}.1`;
      await store.log.append({ noteId, updates: [{ actor: 'a', payload: new Uint8Array([1]) }], binds: [] });
      const own = sampleSession(1, { title: 'Renamed', own: ['title'] });
      await expect(store.events.settle({ ...event, sessions: [own] }, [], [])).rejects.toThrow('missing');
      const sessions = [own, sampleSession(2), sampleSession(3)];
      await store.events.settle({ ...event, sessions, own: ['zone'] }, notesOf([sampleSession(3)]), []);
      expect(await store.events.get('vfio-2023')).toEqual({ ...event, sessions, own: ['zone'] });
      expect((await loaded(store, noteId)).headSeq).toBe(2);
    });

    test('SE4: the log says who changed what, when, newest first, page by page, and is written with the change or not at all', async () => {
      const { bed, store } = await open();
      const event = sampleEvent([sampleSession(1)]);
      const change = (what: string) => ({ actor: 'device', who: 'Ada', what, before: null, after: 'x' });
      await store.events.save(event, notesOf(event.sessions), [change('one')]);
      bed.pass(500);
      await store.events.settle({ ...event, title: 'New' }, [], [change('two'), change('three')]);
      await store.events.setAccess('vfio-2023', 'closed', [change('four')]);
      const wrong = { ...event, sessions: [] };
      await expect(store.events.settle(wrong, [], [change('never')])).rejects.toThrow();
      await expect(store.events.setAccess('nowhere', 'open', [change('never')])).rejects.toThrow();
      const newest = await store.events.changes('vfio-2023', Infinity, 3);
      expect(newest.map(({ number, what }) => [number, what])).toEqual([
        [4, 'four'],
        [3, 'three'],
        [2, 'two'],
      ]);
      expect(await store.events.changes('vfio-2023', 2, 3)).toEqual([{ ...change('one'), number: 1, at: 1_000_000 }]);
      expect(newest[0]?.at).toBe(1_000_500);
      expect(await store.events.changes('nowhere', Infinity, 3)).toEqual([]);
    });

    test('SE5: a prefix that outcomes were numbered under stays its event’s for ever; numbers go on under the new one', async () => {
      const { store } = await open();
      const event = await saved(store, sampleEvent([sampleSession(1)]));
      const noteId = `${uuid(1)}.1`;
      // Nothing was numbered under the first one, so it is free again.
      await store.events.settle({ ...event, prefix: 'VFIO23' }, [], []);
      await store.outcomes.number(noteId, [{ id: 'one', letter: 'A' }]);
      await store.events.settle({ ...event, prefix: 'PCI24' }, [], []);
      const shorts = await store.outcomes.number(noteId, [
        { id: 'one', letter: 'A' },
        { id: 'two', letter: 'A' },
      ]);
      expect(shorts?.map(({ short }) => short)).toEqual(['VFIO23-A1', 'PCI24-A2']);
      expect(await store.outcomes.find('VFIO23-A1')).toMatchObject({ sessionSlug: 'iommu-1' });
      const other = (prefix: string) => sampleEvent([], { id: 'event-2', slug: 'second', prefix });
      await expect(store.events.save(other('VFIO23'), [])).rejects.toMatchObject({ what: 'prefix' });
      await store.events.save(other('PCI23'), []);
      await expect(store.events.settle(other('VFIO23'), [], [])).rejects.toMatchObject({ what: 'prefix' });
      expect((await store.events.prefixes()).map(({ prefix, eventId }) => `${prefix} ${eventId}`).toSorted()).toEqual([
        'PCI23 event-2',
        'PCI24 event-1',
        'VFIO23 event-1',
      ]);
      await store.events.settle({ ...event, prefix: 'VFIO23' }, [], []);
      expect((await store.events.get('vfio-2023'))?.prefix).toBe('VFIO23');
    });

    test('a note tells its session, in any epoch', async () => {
      const { store } = await open();
      await saved(store, sampleEvent([sampleSession(1), sampleSession(2)]));
      const place = { eventSlug: 'vfio-2023', sessionSlug: 'iommu-2', sessionId: 'session-2', access: 'open' };
      expect(await store.events.ofNote(`${uuid(2)}.1`)).toEqual(place);
      expect(await store.events.ofNote(`${uuid(2)}.7`)).toEqual(place);
      expect(await store.events.ofNote(`${uuid(3)}.1`)).toBeNull();
      expect(await store.events.ofNote('nonsense')).toBeNull();
    });
  });
}
