import { Random } from '../support/random.ts';
import { drawOperation, type Operation } from './operation.ts';
import { Trace } from './trace.ts';
import { World } from './world.ts';

const CLIENTS = 5;
const STEPS = 120;

/** A run that broke a promise: everything needed to see it again. */
export interface Failure {
  seed: number;
  operations: Operation[];
  error: Error;
}

/** One run from one seed; null when every promise held. `trace` is told all that happens. */
export async function runSeed(seed: number, steps = STEPS, trace = new Trace()): Promise<Failure | null> {
  const random = new Random(seed);
  const operations = Array.from({ length: steps }, (_, step) => drawOperation(random, CLIENTS, step));
  const world = new World(seed, trace);
  const done: Operation[] = [];
  try {
    await world.start(CLIENTS);
    for (const operation of operations) {
      done.push(operation);
      await world.apply(operation);
    }
    await world.converge();
    return null;
  } catch (thrown) {
    return { seed, operations: done, error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  } finally {
    await world.end();
  }
}

export function describeFailure({ seed, operations, error }: Failure): string {
  return [
    `seed ${seed} failed after ${operations.length} operations: ${error.stack ?? error.message}`,
    ...operations.map((operation) => `  ${JSON.stringify(operation)}`),
  ].join('\n');
}
