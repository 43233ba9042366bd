import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { playwrightCount, vitestCount } from './counts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

let reports = 0;
function report(content: unknown): string {
  const file = join(folder, `${(reports += 1)}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitestFile = (status: string, ...tests: [status: string, fullName: string][]) => ({
  name: 'a.test.ts',
  status,
  message: status === 'failed' && tests.length === 0 ? 'Cannot find module\nat x' : '',
  assertionResults: tests.map(([outcome, fullName]) => ({ status: outcome, fullName })),
});

describe('counting a vitest report', () => {
  test('passed and failed tests, with the titles of the failed', () => {
    const file = report({ testResults: [vitestFile('failed', ['passed', 'one'], ['failed', 'two'])] });
    expect(vitestCount(file, 'exit 1')).toEqual({ passed: 1, failed: 1, notes: ['two'] });
  });

  test('a skipped test counts as failed', () => {
    const file = report({
      testResults: [vitestFile('passed', ['passed', 'one'], ['pending', 'two'], ['todo', 'three'])],
    });
    expect(vitestCount(file, '')).toMatchObject({ passed: 1, failed: 2 });
  });

  test('a skipped test whose title says why is noted and counts as neither; one that failed has failed', () => {
    const why = 'two (skipped here: strace is not installed)';
    const file = report({ testResults: [vitestFile('passed', ['passed', 'one'], ['skipped', why])] });
    expect(vitestCount(file, '')).toEqual({ passed: 1, failed: 0, notes: [why] });
    const broken = report({ testResults: [vitestFile('failed', ['failed', why])] });
    expect(vitestCount(broken, 'exit 1')).toMatchObject({ passed: 0, failed: 1 });
  });

  test('a file that does not load is one failure', () => {
    const file = report({ testResults: [vitestFile('passed', ['passed', 'one']), vitestFile('failed')] });
    expect(vitestCount(file, 'exit 1')).toEqual({ passed: 1, failed: 1, notes: ['a.test.ts: Cannot find module'] });
  });

  test('an error outside of every test is one failure', () => {
    const file = report({ testResults: [vitestFile('passed', ['passed', 'one'])] });
    expect(vitestCount(file, 'exit 1')).toMatchObject({ passed: 1, failed: 1 });
  });

  test('no test at all, or no report, is one failure', () => {
    expect(vitestCount(report({ testResults: [] }), '')).toMatchObject({ passed: 0, failed: 1 });
    expect(vitestCount(join(folder, 'none.json'), 'exit 1')).toEqual({
      passed: 0,
      failed: 1,
      notes: ['no report: exit 1'],
    });
  });
});

describe('counting a Playwright report', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });

  test('nested journeys, skipped and flaky ones count as failed', () => {
    const suites = [
      { specs: [spec('one', 'expected')], suites: [{ specs: [spec('two', 'unexpected'), spec('three', 'skipped')] }] },
      { specs: [spec('four', 'flaky')] },
    ];
    expect(playwrightCount(report({ suites, errors: [] }), 'exit 1')).toEqual({
      passed: 1,
      failed: 3,
      notes: [
        'two',
        'skipped or unsteady, which counts as failed: three',
        'skipped or unsteady, which counts as failed: four',
      ],
    });
  });

  test('an error before the journeys is one failure', () => {
    const file = report({ suites: [], errors: [{ message: 'Nothing is built.\nmore' }] });
    expect(playwrightCount(file, 'exit 1')).toEqual({ passed: 0, failed: 1, notes: ['Nothing is built.'] });
  });
});
