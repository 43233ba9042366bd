import { applyExactly } from '#core/note/apply.ts';
import { readNote } from '#core/note/read.ts';
import { type Outcome, outcomesOf } from '#core/outcomes/outcomes-of.ts';
import * as Y from 'yjs';

/** The outcomes of a note, from its committed bytes. */
export function readOutcomes(snapshot: Uint8Array | null, tail: readonly Uint8Array[]): Outcome[] {
  const doc = new Y.Doc({ gc: true });
  try {
    applyExactly(doc, snapshot === null ? tail : [snapshot, ...tail]);
    return outcomesOf(readNote(doc));
  } finally {
    doc.destroy();
  }
}
