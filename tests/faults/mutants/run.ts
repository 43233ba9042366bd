import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Bug, BUGS, planted } from './bugs.ts';

const HELP = `npm run mutants -- [--only NAME]

Plants one bug after the other in a copy of this tree. A bug counts as caught when the test named for it fails and says why;
that test passes where no bug is planted. Exits with 1 when one survives.
`;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

interface Outcome {
  title: string;
  status: string;
  failureMessages?: string[];
}

const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean', default: false } } });
if (values.help) process.stdout.write(HELP);
else run(BUGS.filter(({ name }) => (values.only ?? name) === name));

function run(bugs: readonly Bug[]): void {
  const copy = copyOfTree();
  try {
    const files = [...new Set(bugs.map(({ test }) => test.file))];
    const sound = outcomes(copy, files, bugs);
    for (const bug of bugs) {
      const begun = performance.now();
      const found = outcomesOf(bug, sound).every(({ status }) => status === 'passed')
        ? verdict(bug, inTheCopy(copy, bug))
        : 'its test fails without it, or is not there';
      if (found !== null) process.exitCode = 1;
      const seconds = ((performance.now() - begun) / 1000).toFixed(0);
      process.stdout.write(
        `${found === null ? 'caught    ' : 'SURVIVED  '}${bug.name} (${seconds} s): ${found ?? bug.test.title}\n`,
      );
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** null when the bug was caught. */
function verdict(bug: Bug, all: readonly Outcome[]): string | null {
  const failed = outcomesOf(bug, all).filter(({ status }) => status === 'failed');
  if (failed.length === 0) return 'its test does not fail';
  const said = failed.flatMap(({ failureMessages }) => failureMessages ?? []).join('\n');
  return bug.says.test(said) ? null : `its test fails for another reason:\n${said.slice(0, 1_000)}`;
}

function outcomesOf({ test }: Bug, all: readonly Outcome[]): Outcome[] {
  const named = all.filter(({ title }) => title === test.title);
  return named.length > 0 ? named : [{ title: test.title, status: 'missing' }];
}

function inTheCopy(copy: string, bug: Bug): Outcome[] {
  const before = new Map<string, string>();
  try {
    for (const edit of bug.edits) {
      const path = join(copy, edit.file);
      const source = readFileSync(path, 'utf8');
      if (!before.has(path)) before.set(path, source);
      writeFileSync(path, planted(bug, edit, source));
    }
    return outcomes(copy, [bug.test.file], [bug]);
  } finally {
    for (const [path, source] of before) writeFileSync(path, source);
  }
}

/** What became of the tests named for these bugs. */
function outcomes(copy: string, files: readonly string[], bugs: readonly Bug[]): Outcome[] {
  const report = join(copy, 'mutants.json');
  rmSync(report, { force: true });
  const titles = [...new Set(bugs.map(({ test }) => escaped(test.title)))].join('|');
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs');
  const args = ['run', ...files, '-t', titles, '--reporter=json', `--outputFile=${report}`];
  const { stderr } = spawnSync(process.execPath, [vitest, ...args], { cwd: copy, encoding: 'utf8' });
  if (!existsSync(report)) throw new Error(`vitest wrote no report:\n${stderr}`);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: Outcome[] }[];
  };
  return testResults.flatMap(({ assertionResults }) => assertionResults);
}

/** All that git knows or would take in, and the packages by a link. */
function copyOfTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'plumbline-mutants-'));
  const listed = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
  for (const file of listed.split('\0'))
    if (file !== '' && existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(copy, file), { dereference: false });
  symlinkSync(realpathSync(join(ROOT, 'node_modules')), join(copy, 'node_modules'));
  return copy;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
