import { add, type Tally } from './count.ts';

/** What happens, in this order, and what it is called in words. */
export const PHASES = {
  type: 'typed while all is well',
  cut: 'the network is cut and comes back',
  sleep: 'a connection dies unseen',
  crash: 'kill -9 while people type',
  tabs: 'all close their tabs, then kill -9',
  lids: 'all shut their laptops, then kill -9',
  restart: 'stopped and started while nobody is there',
} as const;
export type Phase = keyof typeof PHASES;
export const PHASE_NAMES = Object.keys(PHASES) as Phase[];

export interface Figures {
  tally: Tally;
  /** From the end of the trouble until all who stayed had all of their text, milliseconds; null where nobody stays. */
  caughtUp: number | null;
}

export type Row = Record<Phase, Figures>;

export function rowOf(figures: (phase: Phase) => Figures): Row {
  return Object.fromEntries(PHASE_NAMES.map((phase) => [phase, figures(phase)])) as Row;
}

/** Two rounds as one: everything is added up, of the times the longest counts. */
export function together(a: Row, b: Row): Row {
  return rowOf((phase) => {
    const [one, other] = [a[phase], b[phase]];
    const caughtUp = one.caughtUp === null ? null : Math.max(one.caughtUp, other.caughtUp ?? 0);
    return { tally: add(one.tally, other.tally), caughtUp };
  });
}
