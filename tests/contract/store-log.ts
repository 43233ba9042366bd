import { fc } from '../support/properties.ts';
import { describe, expect, test } from 'vitest';
import type { Append, AppendOutcome } from '#server/store/log.ts';
import { TakenError } from '#server/store/tables.ts';
import { beds, loaded, withNote, withNotes, type StoreBed } from './store-bed.ts';
import { notesOf, sampleEvent, sampleSession, template, textOf, uuid, Writer } from './store-samples.ts';

export function logContract(name: string, makeBed: () => StoreBed): void {
  describe(`${name}: the log`, { timeout: 30_000 }, () => {
    const { open } = beds(makeBed);

    test('LO3: the template is row 1 of the note that its session brings', async () => {
      const { store } = await open();
      const noteId = await withNote(store);
      expect(await loaded(store, noteId)).toEqual({
        snapshot: null,
        snapshotSeq: 0,
        tail: [template()],
        headSeq: 1,
        clients: [],
        schemaMin: 1,
        template: template(),
      });
    });

    test('LO3: creating a note again is refused and leaves nothing behind', async () => {
      const { store } = await open();
      const noteId = await withNote(store);
      const again = sampleSession(1, { noteId });
      const other = sampleEvent([again], { id: 'event-2', slug: 'other', prefix: 'OTHER23' });
      const failure = await store.events.save(other, notesOf([again])).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(TakenError);
      expect(failure).toMatchObject({ kind: 'taken', what: 'note' });
      expect(await store.events.get('other')).toBeNull();
      expect((await loaded(store, noteId)).headSeq).toBe(1);
    });

    test('LO3: two saves that race to create one note: one wins, one template', async () => {
      const { store } = await open();
      const events = ['a', 'b', 'c'].map((id) =>
        sampleEvent([sampleSession(7, { id: `session-${id}` })], { id, slug: id, prefix: id.toUpperCase() }),
      );
      const saves = await Promise.allSettled(events.map((event) => store.events.save(event, notesOf(event.sessions))));
      expect(saves.filter((save) => save.status === 'fulfilled')).toHaveLength(1);
      expect((await loaded(store, `${uuid(7)}.1`)).headSeq).toBe(1);
    });

    test('LO1: rows are numbered from 1 without holes, in the order of their acks, on every note', async () => {
      const { store } = await open();
      const notes = await withNotes(store, 8);
      const rounds = fc.array(
        fc.array(fc.record({ note: fc.nat(7), sizes: fc.array(fc.nat(40), { maxLength: 3 }) }), { maxLength: 12 }),
        { maxLength: 6 },
      );
      const expected = new Map(notes.map((noteId) => [noteId, [template()]]));
      let made = 0;
      await fc.assert(
        fc.asyncProperty(rounds, async (all) => {
          for (const round of all) {
            // The whole round waits together, several appends of one note among them.
            const appends = round.map(({ note, sizes }): Append => {
              const updates = sizes.map((size) => ({
                actor: `device-${note}`,
                payload: new Uint8Array(size).fill(made++),
              }));
              return { noteId: notes[note] ?? '', updates, binds: [] };
            });
            const outcomes = await Promise.all(appends.map((append) => store.log.append(append)));
            appends.forEach(({ noteId, updates }, index) => {
              const rows = expected.get(noteId);
              rows?.push(...updates.map((update) => update.payload));
              expect(outcomes[index]).toEqual({ kind: 'stored', seq: rows?.length });
            });
          }
          for (const [noteId, rows] of expected) {
            const note = await loaded(store, noteId);
            expect(note.headSeq).toBe(rows.length);
            expect(note.tail).toEqual(rows);
          }
        }),
        { numRuns: 15 },
      );
    });

    test('LO1: what an append resolved for, the next load has', async () => {
      const { store } = await open();
      const noteId = await withNote(store);
      for (let seq = 2; seq < 40; seq++) {
        await store.log.append({ noteId, updates: [{ actor: 'a', payload: new Uint8Array([seq]) }], binds: [] });
        expect((await loaded(store, noteId)).headSeq).toBe(seq);
      }
    });

    test('LO2: the appends of 200 notes that wait together are all stored', async () => {
      const { store } = await open();
      const notes = await withNotes(store, 200);
      const stored: AppendOutcome = { kind: 'stored', seq: 2 };
      const payload = new Uint8Array(60);
      const outcomes = await Promise.all(
        notes.map((noteId) => store.log.append({ noteId, updates: [{ actor: 'a', payload }], binds: [] })),
      );
      expect(outcomes).toEqual(notes.map(() => stored));
    });

    test('an append to a note nobody knows is refused and does not disturb those beside it', async () => {
      const { store } = await open();
      const noteId = await withNote(store);
      const updates = [{ actor: 'a', payload: new Uint8Array([1]) }];
      const ids = [`${uuid(99)}.1`, noteId, 'nonsense', noteId];
      const outcomes = await Promise.all(ids.map((id) => store.log.append({ noteId: id, updates, binds: [] })));
      expect(outcomes).toEqual([
        { kind: 'refused' },
        { kind: 'stored', seq: 2 },
        { kind: 'refused' },
        { kind: 'stored', seq: 3 },
      ]);
    });

    test('an id of another epoch is told apart from one nobody knows, and writes nothing', async () => {
      const { store } = await open();
      const session = sampleSession(3, { noteId: `${uuid(3)}.2` });
      await store.events.save(sampleEvent([session]), notesOf([session]));
      expect(await store.log.load(`${uuid(3)}.1`)).toBe('old-epoch');
      expect(await store.log.load(`${uuid(4)}.1`)).toBeNull();
      for (const nonsense of ['', 'nonsense', `${uuid(3)}.02`, `${uuid(3)}.x`])
        expect(await store.log.load(nonsense)).toBeNull();
      const updates = [{ actor: 'a', payload: new Uint8Array([1]) }];
      expect(await store.log.append({ noteId: `${uuid(3)}.1`, updates, binds: [[5, 'a']] })).toEqual({
        kind: 'refused',
      });
      expect(await loaded(store, `${uuid(3)}.2`)).toMatchObject({ headSeq: 1, clients: [] });
    });

    test('SY7: a clientID stays with the actor it was bound to, and binding it again is harmless', async () => {
      const { store } = await open();
      const noteId = await withNote(store);
      const updates = [{ actor: 'ada', payload: new Uint8Array([1]) }];
      const big = 2 ** 53 - 1;
      await store.log.append({ noteId, updates, binds: [[7, 'ada'], [big, 'bob']] }); // prettier-ignore
      await store.log.append({ noteId, updates, binds: [[7, 'ada']] });
      const [stolen, beside] = await Promise.all([
        store.log.append({ noteId, updates, binds: [[8, 'eve'], [7, 'eve']] }), // prettier-ignore
        store.log.append({ noteId, updates, binds: [] }),
      ]);
      expect([stolen, beside]).toEqual([{ kind: 'refused' }, { kind: 'stored', seq: 4 }]);
      const { clients } = await loaded(store, noteId);
      expect(clients.toSorted((a, b) => a[0] - b[0])).toEqual([[7, 'ada'], [big, 'bob']]); // prettier-ignore
    });

    test('close commits what waits; calls after it are refused as closed', async () => {
      const { bed, store } = await open();
      const noteId = await withNote(store);
      const waiting = store.log.append({ noteId, updates: [{ actor: 'a', payload: new Uint8Array([1]) }], binds: [] });
      await Promise.all([store.close(), store.close()]);
      expect(await waiting).toEqual({ kind: 'stored', seq: 2 });
      const calls = [
        () => store.log.load(noteId),
        () => store.log.append({ noteId, updates: [], binds: [] }),
        () => store.log.snapshot(noteId),
        () => store.log.prune(noteId),
        () => store.events.list(),
        () => store.devices.setName('d', 'Ada'),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ kind: 'closed' });
      const reopened = await bed.open();
      expect((await loaded(reopened, noteId)).headSeq).toBe(2);
      await reopened.close();
    });

    test('what two people wrote is read back from the log after a restart', async () => {
      const { bed, store } = await open();
      const noteId = await withNote(store);
      const [ada, bob] = [new Writer(10), new Writer(11)];
      for (const update of [ada.write('from Ada'), bob.write('from Bob'), ada.write('more'), bob.erase()])
        await store.log.append({ noteId, updates: [update], binds: [] });
      await store.close();
      const reopened = await bed.open();
      const text = textOf((await loaded(reopened, noteId)).tail);
      await reopened.close();
      expect(text).toContain('from Ada');
      expect(text).toContain('more');
      expect(text).not.toContain('from Bob');
    });
  });
}
