import { OUTCOMES_PER_NOTE } from '#core/outcomes/short-id.ts';

/** Every limit on outcomes, with its reason. */
export const OUTCOME_LIMITS = {
  /** Outcomes of one note that are looked at. */
  perNote: OUTCOMES_PER_NOTE,
  /** From the commit to the number, milliseconds: whoever takes a conversion back has done so by then, and no number is used up. */
  numberAfter: 1_000,
  /** From a commit to the index, milliseconds: readers do not wait for it, they read the note itself when it is newer. */
  indexAfter: 5_000,
  /** Until a number is asked for again after the store failed, milliseconds. */
  retry: 5_000,
  /** Numbering rests for so many times as long as it took, at most `restMs`: many notes full of outcomes must not stop the typing. */
  rest: 4,
  restMs: 2_000,
  /** From a commit to the open boards, milliseconds: several changes go out as one. */
  tellAfter: 100,
  /** A note that is written in all the time is read for boards a fourth of the time, and at most so seldom, milliseconds. */
  tellRest: 4,
  tellRestMs: 2_000,
  /** A board hears from the server this often, milliseconds: it asks for itself when it hears nothing. */
  beat: 10_000,
  /** Boards that may be open at once; those after them ask now and then. */
  boards: 2_000,
  /** Messages that wait for one board; a board that takes none is let go and comes again. */
  waiting: 64,
} as const;
