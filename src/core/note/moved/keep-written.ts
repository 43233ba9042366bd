import type * as Y from 'yjs';
import { Joined, joinDoubles } from './join-doubles.ts';
import { recordMoves } from './record.ts';
import { rescueMissed } from './rescue.ts';

/** Who is looked after. */
export interface Written {
  /** Whether this client is the one to rescue what was written under this clientID. */
  isOurs(client: number): boolean;
  /** Whether anything was written here at all: who only reads must change nothing. */
  any(): boolean;
}

/**
 * Nothing typed is lost when somebody else moves the block it is typed in or makes it another kind: moves made here are noted
 * down, and what the moves of others missed is put in again; of two moves of one block one remains. Returns what ends it.
 */
export function keepWritten(doc: Y.Doc, written: Written): () => void {
  // Before anyone is told: the editor draws both at once, and what goes out holds both.
  const changed = (transaction: Y.Transaction): void => {
    const isOurs = (client: number): boolean => written.isOurs(client);
    if (transaction.origin instanceof Joined) return;
    if (transaction.local) return recordMoves(transaction);
    if (!written.any()) return;
    joinDoubles(transaction, isOurs);
    rescueMissed(transaction, isOurs);
  };
  doc.on('beforeObserverCalls', changed);
  return () => doc.off('beforeObserverCalls', changed);
}
