// npm run check: types, lint, import direction, format, dead code. Everything runs, also after a failure.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runTool, seconds } from './steps.mjs';

/** @type {[name: string, command: string[]][]} */
const CHECKS = [
  ['routes and their types', ['svelte-kit', 'sync']],
  ['types of core (no DOM, no Node)', ['tsc', '--noEmit', '-p', 'src/core']],
  ['types of everything', ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']],
  ['lint, import direction, cycles', ['eslint', '--max-warnings', '0', '.']],
  ['format (npm run fix mends it)', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['dead code', ['knip']],
];

/**
 * @param {string} root
 * @returns {Promise<{ name: string, ok: boolean, ms: number, why: string }[]>} one entry for each check, in order
 */
export async function runChecks(root) {
  const results = [];
  for (const [name, command] of CHECKS) {
    console.log(`\n-- ${name}: ${command.join(' ')}`);
    results.push({ name, ...(await runTool(root, command)) });
  }
  console.log('\nchecks');
  for (const { name, ok, ms, why } of results)
    console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${seconds(ms).padStart(8)}  ${name}${why && `: ${why}`}`);
  return results;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  if (!existsSync(join(root, 'node_modules')))
    throw new Error('Nothing is installed yet: run npm install or npm test first.');
  const failed = (await runChecks(root)).filter((result) => !result.ok).length;
  process.exitCode = failed ? 1 : 0;
}
