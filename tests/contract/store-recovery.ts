import { fc } from '../support/properties.ts';
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/store.ts';
import { KEEPING, beds, loaded, withNote, withNotes, type StoreBed } from './store-bed.ts';
import { template, textOf, Writer } from './store-samples.ts';

async function write(store: Store, noteId: string, writer: Writer, texts: readonly string[]): Promise<void> {
  for (const text of texts) await store.log.append({ noteId, updates: [writer.write(text)], binds: [] });
}

async function read(store: Store, noteId: string): Promise<string> {
  const { snapshot, tail } = await loaded(store, noteId);
  return textOf([snapshot, ...tail]);
}

export function recoveryContract(name: string, makeBed: () => StoreBed): void {
  describe(`${name}: snapshots, pruning and damage`, { timeout: 30_000 }, () => {
    const { open } = beds(makeBed);

    /** A note with snapshots at seq 3, 5 and 7, head 8; what it says. */
    async function aged(store: Store): Promise<{ noteId: string; writer: Writer; text: string }> {
      const noteId = await withNote(store);
      const writer = new Writer(10);
      for (const texts of [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ]) {
        await write(store, noteId, writer, texts);
        expect(await store.log.snapshot(noteId)).toBe(true);
      }
      await write(store, noteId, writer, ['g']);
      return { noteId, writer, text: await read(store, noteId) };
    }

    test('LO4: a snapshot says what its rows said and deletes none of them', async () => {
      const { bed, store } = await open();
      const noteId = await withNote(store);
      const writer = new Writer(10);
      await write(store, noteId, writer, ['one', 'two', 'three']);
      await store.log.append({ noteId, updates: [writer.erase()], binds: [] });
      const before = await read(store, noteId);
      expect(await store.log.snapshot(noteId)).toBe(true);
      expect(await loaded(store, noteId)).toMatchObject({ snapshotSeq: 5, headSeq: 5, tail: [], template: template() });
      expect(await read(store, noteId)).toBe(before);
      expect(bed.kept(noteId)).toEqual({ rows: [1, 2, 3, 4, 5], snapshots: [5] });
    });

    test('LO4: without anything new there is no new snapshot; with something new its tail follows', async () => {
      const { store } = await open();
      const { noteId, writer } = await aged(store);
      expect(await store.log.snapshot(noteId)).toBe(true);
      expect(await store.log.snapshot(noteId)).toBe(false);
      await write(store, noteId, writer, ['late']);
      const note = await loaded(store, noteId);
      expect([note.snapshotSeq, note.headSeq, note.tail.length]).toEqual([8, 9, 1]);
      expect(await read(store, noteId)).toContain('late');
    });

    test('LO4: rows that do not make a whole document make no snapshot', async () => {
      const { store } = await open();
      const [gapped = '', malformed = ''] = await withNotes(store, 2);
      const writer = new Writer(10);
      writer.write('never sent');
      await store.log.append({ noteId: gapped, updates: [writer.write('hangs in the air')], binds: [] });
      await store.log.append({
        noteId: malformed,
        updates: [{ actor: 'a', payload: new Uint8Array([9, 9, 9]) }],
        binds: [],
      });
      expect(await store.log.snapshot(gapped)).toBe(false);
      expect(await store.log.snapshot(malformed)).toBe(false);
      expect((await loaded(store, gapped)).headSeq).toBe(2);
    });

    test('a note nobody knows has no snapshot and nothing to prune', async () => {
      const { store } = await open();
      expect(await store.log.snapshot('nonsense.1')).toBe(false);
      expect(await store.log.prune('nonsense.1')).toBe(0);
    });

    test('LO4: pruning waits for the keeping time, then leaves row 1, three snapshots and what is above the oldest', async () => {
      const { bed, store } = await open();
      const { noteId, text } = await aged(store);
      expect(await store.log.prune(noteId)).toBe(0);
      expect(bed.kept(noteId)).toEqual({ rows: [1, 2, 3, 4, 5, 6, 7, 8], snapshots: [3, 5, 7] });
      bed.pass(KEEPING.ms);
      expect(await store.log.prune(noteId)).toBe(5);
      expect(bed.kept(noteId)).toEqual({ rows: [1, 6, 7, 8], snapshots: [5, 7] });
      expect(await store.log.prune(noteId)).toBe(0);
      expect(await read(store, noteId)).toBe(text);
      expect((await loaded(store, noteId)).template).toEqual(template());
    });

    test('LO4: of many young snapshots only the newest few stay, and every young row', async () => {
      const { bed, store } = await open();
      const { noteId } = await aged(store);
      expect(await store.log.snapshot(noteId)).toBe(true);
      expect(await store.log.prune(noteId)).toBe(1);
      expect(bed.kept(noteId)).toEqual({ rows: [1, 2, 3, 4, 5, 6, 7, 8], snapshots: [5, 7, 8] });
    });

    test('LO5: a damaged row is detected and its note refused; other notes are not affected', async () => {
      const { bed, store } = await open();
      const [noteId = '', other = ''] = await withNotes(store, 2);
      await write(store, noteId, new Writer(10), ['one', 'two']);
      bed.damageRow(noteId, 2);
      await expect(store.log.load(noteId)).rejects.toMatchObject({ kind: 'corrupt' });
      await expect(store.log.snapshot(noteId)).rejects.toMatchObject({ kind: 'corrupt' });
      expect((await loaded(store, other)).headSeq).toBe(1);
      await write(store, other, new Writer(11), ['fine']);
    });

    test.each([2, 3])('LO1: a lost row %i is detected, in the middle and at the end', async (seq) => {
      const { bed, store } = await open();
      const noteId = await withNote(store);
      await write(store, noteId, new Writer(10), ['one', 'two']);
      bed.loseRow(noteId, seq);
      await expect(store.log.load(noteId)).rejects.toMatchObject({ kind: 'corrupt' });
    });

    test('LO1: a row whose number is wrong is detected', async () => {
      const { bed, store } = await open();
      const noteId = await withNote(store);
      await write(store, noteId, new Writer(10), ['one', 'two']);
      bed.renumberRow(noteId, 3, 4);
      await expect(store.log.load(noteId)).rejects.toMatchObject({ kind: 'corrupt' });
    });

    test('LO5: a damaged snapshot is passed over for an older one and its tail, also after pruning', async () => {
      const { bed, store } = await open();
      const { noteId, text } = await aged(store);
      bed.pass(KEEPING.ms);
      await store.log.prune(noteId);
      bed.damageSnapshot(noteId, 7);
      expect((await loaded(store, noteId)).snapshotSeq).toBe(5);
      expect(await read(store, noteId)).toBe(text);
    });

    test('LO5: with all snapshots damaged the note is rebuilt from its rows while they are there, else refused', async () => {
      const { bed, store } = await open();
      const { noteId, text } = await aged(store);
      for (const seq of [3, 5, 7]) bed.damageSnapshot(noteId, seq);
      bed.pass(KEEPING.ms);
      expect(await store.log.prune(noteId)).toBe(0);
      expect((await loaded(store, noteId)).snapshot).toBeNull();
      expect(await read(store, noteId)).toBe(text);
      bed.loseRow(noteId, 4);
      await expect(store.log.load(noteId)).rejects.toMatchObject({ kind: 'corrupt' });
    });

    test('LO5: pruning counts only snapshots that still read well', async () => {
      const { bed, store } = await open();
      const { noteId, text } = await aged(store);
      bed.pass(KEEPING.ms);
      bed.damageSnapshot(noteId, 7);
      await store.log.prune(noteId);
      expect(bed.kept(noteId)).toEqual({ rows: [1, 4, 5, 6, 7, 8], snapshots: [3, 5, 7] });
      bed.damageSnapshot(noteId, 5);
      expect(await read(store, noteId)).toBe(text);
    });

    test('LO5: a snapshot made again at the same place mends the damaged one', async () => {
      const { bed, store } = await open();
      const { noteId, text } = await aged(store);
      expect(await store.log.snapshot(noteId)).toBe(true);
      bed.damageSnapshot(noteId, 8);
      expect(await store.log.snapshot(noteId)).toBe(true);
      expect((await loaded(store, noteId)).snapshotSeq).toBe(8);
      expect(await read(store, noteId)).toBe(text);
    });

    test('LO5: a damaged row under a good snapshot costs no text', async () => {
      const { bed, store } = await open();
      const { noteId, text } = await aged(store);
      bed.damageRow(noteId, 1);
      bed.damageRow(noteId, 2);
      expect(await read(store, noteId)).toBe(text);
    });

    test('LO4, LO6: appends, loads, snapshots and prunes at once lose nothing, in any mixture', async () => {
      const step = fc.constantFrom('write', 'write', 'write', 'erase', 'load', 'snapshot', 'prune', 'pass', 'settle');
      const { bed, store } = await open();
      const noteId = await withNote(store);
      const writer = new Writer(10);
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
          const running: Promise<unknown>[] = [];
          const append = (update: ReturnType<Writer['write']>): void => {
            running.push(store.log.append({ noteId, updates: [update], binds: [] }));
          };
          for (const [index, what] of steps.entries()) {
            if (what === 'write') append(writer.write(`token ${index}`));
            else if (what === 'erase') append(writer.erase());
            else if (what === 'pass') bed.pass(KEEPING.ms / 2);
            else if (what === 'settle') await Promise.all(running);
            else running.push(store.log[what](noteId));
          }
          await Promise.all(running);
          expect(await read(store, noteId)).toBe(writer.doc.getXmlFragment('note').toString());
        }),
        { numRuns: 25 },
      );
    });
  });
}
