/** `npm run bench`: see options.ts for what it takes and README.md for what it says. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import { join } from 'node:path';
import { HELP, readOptions } from './options.ts';
import type { Options } from './options.ts';
import { installPeers } from './peers/install.ts';
import type { ServerName } from './peers/kind.ts';
import { SERVERS } from './peers/servers.ts';
import { tableOf } from './report.ts';
import type { Row } from './report.ts';
import { SCENARIOS } from './scenarios.ts';
import type { Figures, ScenarioName } from './scenarios.ts';

const HERE = import.meta.dirname;

async function main(): Promise<void> {
  if (process.argv[2] === 'page') return (await import('./page.ts')).benchPage(process.argv.slice(3));
  if (process.argv[2] === 'board') return (await import('./board.ts')).benchBoard(process.argv.slice(3));
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  if (process.platform !== 'linux' || availableParallelism() < 2)
    throw new Error('The bench needs Linux (/proc, taskset) and two cores: one for the server, one for the generator.');
  installPeers();
  const results: Partial<Record<ScenarioName, Row[]>> = {};
  for (const name of options.scenarios) {
    const rows = await measureScenario(name, options);
    results[name] = rows;
    console.log(`\n${name}: ${SCENARIOS[name].title}\n${tableOf(name, rows)}`);
  }
  console.log(`\nWritten to ${save(options, results)}`);
}

/** Rounds in which every server has its turn; each round begins with another one, so that none is always first. */
async function measureScenario(name: ScenarioName, options: Options): Promise<Row[]> {
  const scenario = SCENARIOS[name];
  const taking = options.servers.filter((server) => scenario.skips(SERVERS[server]) === null);
  const runs = new Map<ServerName, Figures[]>();
  const failed = new Map<ServerName, string>();
  for (let round = 0; round < options.runs; round++) {
    for (const server of rotated(taking, round)) {
      if (failed.has(server)) continue;
      process.stderr.write(`  ${name}, round ${round + 1} of ${options.runs}: ${server}\n`);
      const profile = options.profile === null ? null : join(options.profile, name);
      try {
        const figures = await scenario.measure({ server, seconds: options.seconds, profile });
        runs.set(server, [...(runs.get(server) ?? []), figures]);
      } catch (error) {
        failed.set(server, `failed: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
      }
    }
  }
  return options.servers.map((server) => {
    const why = failed.get(server) ?? scenario.skips(SERVERS[server]);
    return why === null ? { server, runs: runs.get(server) ?? [] } : { server, why };
  });
}

function rotated<T>(all: T[], by: number): T[] {
  const first = by % Math.max(1, all.length);
  return [...all.slice(first), ...all.slice(0, first)];
}

function save(options: Options, results: Partial<Record<ScenarioName, Row[]>>): string {
  const at = new Date().toISOString();
  const folder = join(HERE, 'results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${at.replaceAll(':', '-')}.json`);
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length, kernel: release() };
  writeFileSync(file, `${JSON.stringify({ at, machine, options, results }, null, 2)}\n`);
  return file;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
