import type { Outcome } from '#core/outcomes/outcomes-of.ts';

/** An outcome that needs its short id. */
export interface NumberWanted {
  id: string;
  /** Of its kind now; it counts only when the outcome has no number yet. */
  letter: string;
}

/** The number of an outcome. */
export interface NumberGiven {
  id: string;
  short: string;
  /** The note that has the outcome, as far as the store was told. */
  noteId: string;
}

/** Where a short id leads. */
export interface OutcomePlace {
  eventSlug: string;
  sessionSlug: string;
  short: string;
}

/** The outcomes of a note as they were kept, and how far behind the note that is. */
export interface IndexedNote {
  noteId: string;
  /** Of the newest row of the note. */
  headSeq: number;
  /** Of the row up to which the note was read; 0 when it never was, or in another way than now. */
  seq: number;
  outcomes: Outcome[];
}

/**
 * Short ids of outcomes. What is given is given for ever: numbers of an event come from one counter that never falls, an id has
 * one short id in its event, and a short id leads to one outcome.
 */
export interface OutcomeTables {
  /**
   * The short ids of these outcomes, in order; those that have none yet are given one, and this note as the one that has them.
   * All in one transaction. null when there is no such note.
   */
  number(noteId: string, wanted: NumberWanted[]): Promise<NumberGiven[] | null>;
  /** These outcomes, which have their numbers, are in this note now. */
  move(noteId: string, ids: string[]): Promise<void>;
  /** null when no outcome has this short id. Capital letters alone are found. */
  find(short: string): Promise<OutcomePlace | null>;
  /**
   * Reads the note as it is committed, off the main thread, and keeps what outcomes it has, unless what is kept is newer. How many
   * there are; null when there is no such note. Throws StoreError.
   */
  index(noteId: string): Promise<number | null>;
  /** What was kept of an event's notes, in no order; notes that were never read too. */
  indexed(eventSlug: string): Promise<IndexedNote[]>;
}
