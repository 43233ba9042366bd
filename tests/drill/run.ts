/** `npm run drill`: see options.ts for what it takes and docs/decisions/drill.md for what it counts. */
import { fork } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { installPeers } from '../bench/peers/install.ts';
import { buildOnce } from '../bench/peers/plumbline.ts';
import { HELP, readOptions, type Options } from './options.ts';
import type { PeerName } from './peers.ts';
import type { Answer } from './row.ts';
import { byPhase, kept, totals, type Outcome } from './table.ts';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return void process.stdout.write(HELP);
  installPeers();
  buildOnce();
  const outcomes = await Promise.all(options.peers.map((name) => play(name, options)));
  console.log(`\n${totals(outcomes)}\n\n${byPhase(outcomes)}\n\n${conditions(options)}`);
  for (const outcome of outcomes) if ('failed' in outcome) console.error(`\n${outcome.name}: ${outcome.failed}`);
  if (!outcomes.every(kept)) process.exitCode = 1;
}

function play(name: PeerName, { seed, rounds }: Options): Promise<Outcome> {
  const child = fork(join(import.meta.dirname, 'row.ts'), [name, String(seed), String(rounds)]);
  return new Promise((resolve) => {
    child.once('message', (answer: Answer) => resolve({ name, ...answer }));
    child.once('exit', (code) => resolve({ name, failed: `ended with ${code} before it answered` }));
  });
}

function conditions({ seed, rounds }: Options): string {
  const [load = 0] = loadavg();
  const machine = `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}, load ${load.toFixed(1)} at the end`;
  return `Seed ${seed}, rounds: ${rounds}, all servers at the same time. Node ${process.version}, ${machine}.`;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
