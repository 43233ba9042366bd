import { isDeepStrictEqual } from 'node:util';
import type * as Y from 'yjs';
import { readNote } from '#core/note/read.ts';
import { outcomesOf } from '#core/outcomes/outcomes-of.ts';
import type { MemoryDisk } from '#server/store/memory/disk.ts';
import { readOutcomes } from '#server/store/read-outcomes.ts';
import { ids, shorts } from '../support/outcomes.ts';

/** What must hold of the outcomes of a run at any moment, and what once nothing moves any more. */
export class OutcomeCheck {
  readonly #disk: MemoryDisk;
  /** Every short id ever given, by the outcome's id. */
  readonly #given = new Map<string, string>();

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
  }

  /** OU6: what was given is given for ever, and no number twice. OU8: the index is what its rows say. */
  always(): void {
    const { outcomes, notes } = this.#disk;
    outcomes.forEach(({ id, short }, at) => {
      if ((this.#given.get(id) ?? short) !== short)
        throw new Error(`OU6: ${id} was ${this.#given.get(id)}, now ${short}`);
      if (!short.endsWith(String(at + 1))) throw new Error(`OU6: the number of ${short} is not ${at + 1}`);
      this.#given.set(id, short);
    });
    if (this.#given.size !== outcomes.length) throw new Error('OU6: an outcome was given two numbers, or lost one');
    for (const { rows, outcomes: kept } of notes.values()) {
      const fresh = readOutcomes(
        null,
        rows.filter((row) => row.seq <= kept.seq).map((row) => row.bytes),
      );
      if (!isDeepStrictEqual(kept.outcomes, fresh))
        throw new Error(`OU8: the index differs from the note at row ${kept.seq}`);
    }
  }

  /** OU5, OU6: each outcome of the note has an id of its own and shows its short id. OU8: the index has caught up. */
  atRest(doc: Y.Doc): void {
    this.always();
    const [own, shown] = [ids(doc), shorts(doc)];
    if (new Set(own).size !== own.length) throw new Error(`OU5: an id is there twice: ${own.join(' ')}`);
    const right = own.map((id) => this.#given.get(String(id)));
    if (!isDeepStrictEqual(shown, right))
      throw new Error(`OU6: ${shown.join(' ')} is shown, ${right.join(' ')} was given`);
    const [note] = this.#disk.notes.values();
    if (own.length > 0 && note?.outcomes.seq !== note?.headSeq) throw new Error('OU8: the index has not caught up');
    if (own.length > 0 && !isDeepStrictEqual(note?.outcomes.outcomes, outcomesOf(readNote(doc))))
      throw new Error('OU8: the index differs from a fresh reading');
  }
}
