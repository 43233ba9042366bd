import { Random } from '../support/random.ts';

const CUT_WITHIN_MS = 1_000;
const CRASH_WITHIN_MS = 2_000;
/** The server dies so long after the last tab was closed, at most. */
const TABS_WITHIN_MS = 200;
/** So long after the last laptop was shut: before and after what a server that waits with storing waits for. */
const LIDS_WITHIN_MS = 3_000;

/** What is drawn for one round, milliseconds. */
export interface Script {
  /** From the first key until the network goes, and until the server dies. */
  cutAfter: number;
  crashAfter: number;
  /** From the last who left until the server dies. */
  tabsAfter: number;
  lidsAfter: number;
  /** Of the pauses between a person's keys. */
  seedOf(place: number): number;
}

/** DR1: the same for every server. The moments of a phase are spread over the rounds, so that few rounds meet early and late ones. */
export function drawScript(seed: number, number: number, of: number): Script {
  const random = new Random(seed * 1_000 + number);
  const within = (most: number): number => ((number + random.next()) / of) * most;
  return {
    cutAfter: within(CUT_WITHIN_MS),
    crashAfter: within(CRASH_WITHIN_MS),
    tabsAfter: within(TABS_WITHIN_MS),
    lidsAfter: within(LIDS_WITHIN_MS),
    seedOf: (place) => seed * 1_000_000 + number * 1_000 + place,
  };
}
