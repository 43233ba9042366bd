// npm test on a fresh clone: plain JavaScript for the Node that is there, 20 or newer.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { playwrightCount, vitestCount } from './counts.mjs';
import { runTool, seconds } from './steps.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reports = join(root, 'test-results', 'counts');
const BUDGET_MINUTES = 12;

/**
 * @typedef {{ passed: number, failed: number, notes: string[] }} Count
 * @typedef {{ name: string, ms: number } & Count} Stage
 */

/** @type {[name: string, run: () => Promise<Count>][]} */
const STAGES = [
  ['check', check],
  ['build', build],
  ['unit', () => vitest('unit', ['--exclude', 'tests/**'])],
  ['contract', () => vitest('contract', ['tests/contract/'])],
  ['fuzz', () => vitest('fuzz', ['tests/fuzz/'])],
  ['faults', () => vitest('faults', ['tests/faults/'])],
  ['process', () => (built ? vitest('process', ['tests/process/']) : cannotRun('the build failed'))],
  ['browser', () => (built ? playwright() : cannotRun('the build failed'))],
];

let built = false;

/** @returns {Promise<Count>} */
async function check() {
  // Loaded late: on a fresh clone its tools are there only now.
  const { runChecks } = await import('./check.mjs');
  const results = await runChecks(root);
  const failed = results.filter((result) => !result.ok);
  return {
    passed: results.length - failed.length,
    failed: failed.length,
    notes: failed.map(({ name, why }) => `${name}: ${why}`),
  };
}

/** @returns {Promise<Count>} */
async function build() {
  const { ok, why } = await runTool(root, ['vite', 'build', '--logLevel', 'warn']);
  built = ok;
  return ok ? { passed: 1, failed: 0, notes: [] } : { passed: 0, failed: 1, notes: [`vite build: ${why}`] };
}

/**
 * @param {string} stage
 * @param {string[]} which
 * @returns {Promise<Count>}
 */
async function vitest(stage, which) {
  const report = join(reports, `${stage}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { why } = await runTool(root, ['vitest', 'run', '--passWithNoTests', ...reporters, ...which]);
  return vitestCount(report, why);
}

/** @returns {Promise<Count>} */
async function playwright() {
  const report = join(reports, 'browser.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { why } = await runTool(root, ['playwright', 'test', '--reporter=list,json'], { env });
  return playwrightCount(report, why);
}

/**
 * @param {string} why
 * @returns {Promise<Count>}
 */
function cannotRun(why) {
  return Promise.resolve({ passed: 0, failed: 1, notes: [`did not run: ${why}`] });
}

/** @param {Stage[]} stages */
function summarise(stages) {
  console.log('\nstages');
  for (const { name, ms, passed, failed, notes } of stages) {
    const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
    console.log(`  ${name.padEnd(9)}${seconds(ms).padStart(9)} ${counts}`);
    for (const note of notes) console.log(`      ${note}`);
  }
  const total = stages.reduce((sum, stage) => sum + stage.ms, 0);
  console.log(`  ${'total'.padEnd(9)}${seconds(total).padStart(9)}`);
  if (total > BUDGET_MINUTES * 60_000)
    console.log(`  over the budget of ${BUDGET_MINUTES} minutes: make the slowest stage shorter`);
}

const begun = performance.now();
ensureInstalled(root);
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** @type {Stage[]} */
const stages = [];
const installing = performance.now() - begun;
if (installing > 1000) stages.push({ name: 'install', ms: installing, passed: 0, failed: 0, notes: [] });
for (const [name, run] of STAGES) {
  console.log(`\n== ${name}`);
  const from = performance.now();
  const count = await run();
  stages.push({ name, ms: performance.now() - from, ...count });
}
summarise(stages);
const passed = stages.reduce((sum, stage) => sum + stage.passed, 0);
const failed = stages.reduce((sum, stage) => sum + stage.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
