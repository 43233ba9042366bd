// Plain JavaScript: tools/test.mjs loads it before anything is installed.
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, notes: string[] }} Count */

/** The end of a title that was made where something is missing that no package brings: a mount, a tracer. */
const SAYS_WHY = /\(skipped here: .+\)$/;

const NO_TESTS = 'no tests here: an empty stage counts as failed';

/**
 * Counts a vitest JSON report. A skipped test counts as failed: nothing is skipped in silence. One whose title says why this machine
 * cannot run it is noted and counts as neither.
 * @param {string} file
 * @param {string} why what the run itself complained about, empty when nothing
 * @returns {Count}
 */
export function vitestCount(file, why) {
  if (!existsSync(file)) return { passed: 0, failed: 1, notes: [`no report: ${why || 'the run wrote none'}`] };
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  const count = empty();
  for (const { name, status, assertionResults, message } of testResults) {
    if (status === 'failed' && !assertionResults.some((/** @type {any} */ test) => test.status === 'failed'))
      fail(count, `${name}: ${firstLine(message) || 'did not load'}`);
    for (const test of assertionResults)
      judge(count, test.status === 'passed', test.status === 'failed', test.fullName);
  }
  return closed(count, why);
}

/**
 * Counts a Playwright JSON report, on the same terms.
 * @param {string} file
 * @param {string} why as above
 * @returns {Count}
 */
export function playwrightCount(file, why) {
  if (!existsSync(file)) return { passed: 0, failed: 1, notes: [`no report: ${why || 'the run wrote none'}`] };
  const { suites, errors } = JSON.parse(readFileSync(file, 'utf8'));
  const count = empty();
  for (const error of errors) fail(count, firstLine(error.message) || 'error outside of a test');
  for (const { title, tests } of suites.flatMap(specsOf))
    for (const test of tests) judge(count, test.status === 'expected', test.status === 'unexpected', title);
  return closed(count, why);
}

/**
 * @param {any} suite
 * @returns {any[]}
 */
function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
}

/** @returns {Count} */
function empty() {
  return { passed: 0, failed: 0, notes: [] };
}

/**
 * @param {Count} count
 * @param {boolean} passed
 * @param {boolean} failed
 * @param {string} title
 */
function judge(count, passed, failed, title) {
  if (passed) count.passed += 1;
  else if (!failed && SAYS_WHY.test(title)) count.notes.push(title);
  else fail(count, failed ? title : `skipped or unsteady, which counts as failed: ${title}`);
}

/**
 * @param {Count} count
 * @param {string} note
 */
function fail(count, note) {
  count.failed += 1;
  count.notes.push(note);
}

/**
 * A run that complains although no test of it failed has failed as a whole; so has one without tests.
 * @param {Count} count
 * @param {string} why
 * @returns {Count}
 */
function closed(count, why) {
  if (why && count.failed === 0) fail(count, `all tests passed, yet the run failed: ${why}`);
  else if (count.passed + count.failed === 0) fail(count, NO_TESTS);
  return count;
}

/** @param {unknown} text */
function firstLine(text) {
  return typeof text === 'string' ? (text.trim().split('\n')[0] ?? '') : '';
}
