import { parseArgs } from 'node:util';
import { describeFailure, runSeed } from './run-seed.ts';

const HELP = `npm run fuzz -- [--seeds N] [--first S] [--steps K]

Convergence over a network, a store, a process and a clock that the seed moves. Prints the seed and the operations of the
first run that breaks a promise and exits with 1. The same seed gives the same run.
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    first: { type: 'string', default: '0' },
    steps: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

// Yjs says on the console each time a document takes a new clientID; in a fuzz run that is by design.
console.log = () => undefined;

if (values.help) process.stdout.write(HELP);
else await run(Number(values.first), Number(values.seeds), values.steps ? Number(values.steps) : undefined);

async function run(first: number, seeds: number, steps: number | undefined): Promise<void> {
  const start = performance.now();
  for (let seed = first; seed < first + seeds; seed++) {
    const failure = await runSeed(seed, steps);
    if (failure) {
      process.stdout.write(`${describeFailure(failure)}\n`);
      process.exitCode = 1;
      return;
    }
    if ((seed - first + 1) % 500 === 0) process.stdout.write(`${seed - first + 1} seeds\n`);
  }
  process.stdout.write(`${seeds} seeds passed in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}
