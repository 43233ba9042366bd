import { parseArgs } from 'node:util';
import { SCENARIO_NAMES } from './scenarios.ts';
import type { ScenarioName } from './scenarios.ts';
import { SERVER_NAMES } from './peers/kind.ts';
import type { ServerName } from './peers/kind.ts';

export interface Options {
  servers: ServerName[];
  scenarios: ScenarioName[];
  runs: number;
  seconds: number;
  /** Folder for CPU profiles of the servers; null for none. */
  profile: string | null;
}

export const HELP = `npm run bench -- [options]
npm run bench -- page [--quick]     what a person feels in the page: README.md, "The page"
npm run bench -- board [--quick]    a board of 5,000 outcomes: README.md, "The board"

Measures Plumbline beside other Yjs servers and a floor that merely forwards, in one run on this machine.
Linux with two cores or more; the server runs on core 0, the load generator on core 1. Close other work first.

  --quick                 1 run of 3 s instead of 3 runs of 8 s: for development, not for figures to quote
  --runs <n>              how often each is measured; the medians are shown
  --seconds <n>           how long people type in each run
  --only <a,b>            servers: ${SERVER_NAMES.join(', ')}
  --scenario <a,b>        scenarios: ${SCENARIO_NAMES.join(', ')}
  --profile <folder>      write a CPU profile of each server there (.cpuprofile; the figures suffer)
  --help                  this text

  a      one note, 20 writers at 5 keys/s with carets, 180 readers
  b      one note, 10 writers and 990 readers
  c      100 notes, each 2 writers and 8 readers
  acks   as a, the writers on plumbline.v1: time until an edit is known to be on disk (plumbline alone)
  idle   5,000 peers that say nothing
  cold   a note of 100,000 edits: first open after a restart, one more, 50 at once
  kill   kill -9 50 ms after a reader saw the last of 600 keys: what is lost

What the figures mean: tests/bench/README.md. Results are also written to tests/bench/results/.
`;

/** Returns null when help was asked for. Throws an Error that says what was expected. */
export function readOptions(args: string[]): Options | null {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      runs: { type: 'string' },
      seconds: { type: 'string' },
      only: { type: 'string' },
      scenario: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  return {
    servers: choose('--only', values.only, SERVER_NAMES),
    scenarios: choose('--scenario', values.scenario, SCENARIO_NAMES),
    runs: positive('--runs', values.runs, values.quick ? 1 : 3),
    seconds: positive('--seconds', values.seconds, values.quick ? 3 : 8),
    profile: values.profile ?? null,
  };
}

function choose<T extends string>(option: string, given: string | undefined, all: readonly T[]): T[] {
  if (given === undefined) return [...all];
  return given.split(',').map((name) => {
    const known = all.find((one) => one === name);
    if (known === undefined) throw new Error(`${option}: "${name}" is not one of ${all.join(', ')}.`);
    return known;
  });
}

function positive(option: string, given: string | undefined, fallback: number): number {
  const value = given === undefined ? fallback : Number(given);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${option}: expected a whole number from 1, not "${given}".`);
  return value;
}
