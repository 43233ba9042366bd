import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { IndexedNote, NumberWanted } from '#server/store/outcomes.ts';
import { addOutcome, outcomeId } from '../support/outcomes.ts';
import { beds, loaded, type StoreBed, withNotes } from './store-bed.ts';
import { notesOf, sampleEvent, sampleSession, uuid } from './store-samples.ts';

const wanted = (...ids: string[]): NumberWanted[] => ids.map((id) => ({ id, letter: 'A' }));

const byNote = (notes: IndexedNote[]) => notes.toSorted((one, other) => (one.noteId < other.noteId ? -1 : 1));

export function outcomeContract(name: string, makeBed: () => StoreBed): void {
  describe(`${name}: outcomes`, { timeout: 30_000 }, () => {
    const { open } = beds(makeBed);

    test('OU6: an outcome is given one number for ever, also after a restart, whatever its kind is then', async () => {
      const { bed, store } = await open();
      const [noteId = ''] = await withNotes(store, 1);
      expect(await store.outcomes.number(noteId, [{ id: 'one', letter: 'D' }, ...wanted('two')])).toEqual([
        { id: 'one', short: 'PCI23-D1', noteId },
        { id: 'two', short: 'PCI23-A2', noteId },
      ]);
      await store.close();
      const again = await bed.open();
      expect((await again.outcomes.number(noteId, wanted('three', 'one')))?.map((one) => one.short)).toEqual([
        'PCI23-A3',
        'PCI23-D1',
      ]);
      await again.close();
    });

    test('OU6: numbers are counted per event, however many ask at once', async () => {
      const { store } = await open();
      const notes = await withNotes(store, 3);
      const other = sampleSession(9);
      const second = sampleEvent([other], { id: 'event-2', slug: 'second', prefix: 'PCIV23' });
      await store.events.save(second, notesOf([other]));
      const given = await Promise.all(
        notes.flatMap((noteId, n) => [
          store.outcomes.number(noteId, wanted(`a${n}`, `b${n}`)),
          store.outcomes.number(other.noteId, wanted(`a${n}`)),
        ]),
      );
      const shorts = given.flatMap((all) => all?.map((one) => one.short) ?? []);
      const expected = [1, 2, 3, 4, 5, 6].map((n) => `PCI23-A${n}`);
      expect(shorts.toSorted()).toEqual([...expected, 'PCIV23-A1', 'PCIV23-A2', 'PCIV23-A3'].toSorted());
    });

    test('OU7: a short id leads to the note that has the outcome, after a move to that one', async () => {
      const { store } = await open();
      const [from = '', to = ''] = await withNotes(store, 2);
      await store.outcomes.number(from, wanted('one'));
      const place = { eventSlug: 'vfio-2023', sessionSlug: 'iommu-0', short: 'PCI23-A1' };
      expect(await store.outcomes.find('PCI23-A1')).toEqual(place);
      await store.outcomes.move(to, ['one', 'unknown']);
      expect(await store.outcomes.find('PCI23-A1')).toEqual({ ...place, sessionSlug: 'iommu-1' });
      expect(await store.outcomes.number(from, wanted('one'))).toEqual([{ id: 'one', short: 'PCI23-A1', noteId: to }]);
      expect(await store.outcomes.find('PCI23-A2')).toBeNull();
    });

    test('OU8: the index keeps what was read of a note, up to the row it was read to, also after a restart', async () => {
      const { bed, store } = await open();
      const [noteId = '', other = ''] = await withNotes(store, 2);
      const doc = new Y.Doc();
      const note = await loaded(store, noteId);
      for (const update of note.tail) Y.applyUpdate(doc, update);
      const write = async (run: () => void): Promise<void> => {
        const before = Y.encodeStateVector(doc);
        run();
        const updates = [{ actor: 'a', payload: Y.encodeStateAsUpdate(doc, before) }];
        await store.log.append({ noteId, updates, binds: [] });
      };
      await write(() => addOutcome(doc, { id: outcomeId(1), kind: 'gap', text: 'one' }));
      expect(await store.outcomes.index(noteId)).toBe(1);
      await store.log.snapshot(noteId);
      await write(() => addOutcome(doc, { id: outcomeId(2), text: 'two' }));
      const one = { id: outcomeId(1), kind: 'gap', text: 'one' };
      const first = { noteId, headSeq: 3, seq: 2, outcomes: [expect.objectContaining(one) as unknown] };
      const none = { noteId: other, headSeq: 1, seq: 0, outcomes: [] };
      expect(byNote(await store.outcomes.indexed('vfio-2023'))).toEqual([first, none]);
      expect(await store.outcomes.index(noteId)).toBe(2);
      await store.close();
      const again = await bed.open();
      const second = { ...first, seq: 3, outcomes: [...first.outcomes, expect.objectContaining({ text: 'two' })] };
      expect(byNote(await again.outcomes.indexed('vfio-2023'))).toEqual([second, none]);
      expect(await again.outcomes.indexed('nothing')).toEqual([]);
      expect(await again.outcomes.index(`${uuid(7)}.1`)).toBeNull();
      await again.close();
    });

    test('OU8, LO5: a damaged note is not read', async () => {
      const { bed, store } = await open();
      const [noteId = ''] = await withNotes(store, 1);
      bed.damageRow(noteId, 1);
      await expect(store.outcomes.index(noteId)).rejects.toMatchObject({ kind: 'corrupt' });
    });

    test('OU6: a note that is unknown has no numbers', async () => {
      const { store } = await open();
      await withNotes(store, 1);
      for (const noteId of [`${uuid(7)}.1`, 'nonsense', ''])
        expect(await store.outcomes.number(noteId, wanted('one'))).toBeNull();
      expect(await store.outcomes.find('PCI23-A1')).toBeNull();
    });
  });
}
