// npm run check: types, lint, import direction, format, dead code. Everything runs, also after a failure.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runTool, seconds } from './steps.mjs';

/** @typedef {[name: string, command: string[]]} Check */

/** Writes the types of the routes, which the others read. @type {Check} */
const FIRST = ['routes and their types', ['svelte-kit', 'sync']];

/** Lint takes as long as all others together, so they run beside it. @type {Check[][]} */
const LANES = [
  [['lint, import direction, cycles', ['eslint', '--max-warnings', '0', '.']]],
  [
    ['types of core (no DOM, no Node)', ['tsc', '--noEmit', '-p', 'src/core']],
    [
      'types of everything',
      ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
    ],
    ['format (npm run fix mends it)', ['prettier', '--check', '--log-level', 'warn', '.']],
    ['dead code', ['knip']],
  ],
];

/** @typedef {{ name: string, ok: boolean, ms: number, why: string }} Result */

/**
 * @param {string} root
 * @returns {Promise<Result[]>} one entry for each check
 */
export async function runChecks(root) {
  const first = await runLane(root, [FIRST]);
  const lanes = await Promise.all(LANES.map((lane) => runLane(root, lane)));
  const results = [...first, ...lanes.flat()];
  console.log('\nchecks');
  for (const { name, ok, ms, why } of results)
    console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${seconds(ms).padStart(8)}  ${name}${why && `: ${why}`}`);
  return results;
}

/**
 * One check after the other; what each says is printed whole when it ends.
 * @param {string} root
 * @param {Check[]} lane
 */
async function runLane(root, lane) {
  /** @type {Result[]} */
  const results = [];
  for (const [name, command] of lane) {
    const heading = `\n-- ${name}: ${command.join(' ')}`;
    results.push({ name, ...(await runTool(root, command, { heading })) });
  }
  return results;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  if (!existsSync(join(root, 'node_modules')))
    throw new Error('Nothing is installed yet: run npm install or npm test first.');
  const failed = (await runChecks(root)).filter((result) => !result.ok).length;
  process.exitCode = failed ? 1 : 0;
}
