import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ensureInstalled, projectNode } from './install.mjs';

const ONE = { version: '1.0.0', integrity: 'sha512-one' };
const OTHER_PLATFORM = { version: '2.0.0', integrity: 'sha512-other', optional: true };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plumbline-install-'));
  mkdirSync(join(root, 'node_modules'));
  write('package-lock.json', { packages: { '': {}, 'node_modules/one': ONE, 'node_modules/other': OTHER_PLATFORM } });
  standInForNpm('');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

function write(file: string, content: unknown): void {
  writeFileSync(join(root, file), JSON.stringify(content));
}

/** A program in npm's place that notes its arguments and then does `more`. */
function standInForNpm(more: string): void {
  const script = `require('node:fs').writeFileSync('called', process.argv.slice(2).join(' '));${more}`;
  writeFileSync(join(root, 'npm.cjs'), script);
  vi.stubEnv('npm_execpath', join(root, 'npm.cjs'));
  vi.stubEnv('npm_node_execpath', process.execPath);
}

const npmRan = () => existsSync(join(root, 'called'));

describe('ST2: npm runs only when something differs', () => {
  test('not when all is there but what is for other platforms', () => {
    write('node_modules/.package-lock.json', { packages: { 'node_modules/one': ONE } });
    expect(ensureInstalled(root)).toBe(false);
    expect(npmRan()).toBe(false);
  });

  test.each([
    ['nothing is installed', null],
    ['a package is missing', { packages: {} }],
    ['a package has another version', { packages: { 'node_modules/one': { ...ONE, version: '1.0.1' } } }],
    ['a package has another content', { packages: { 'node_modules/one': { ...ONE, integrity: 'sha512-x' } } }],
    ['an optional package is old', { packages: { 'node_modules/one': ONE, 'node_modules/other': ONE } }],
  ])('when %s', (_case, present) => {
    if (present) write('node_modules/.package-lock.json', present);
    expect(ensureInstalled(root)).toBe(true);
    expect(npmRan()).toBe(true);
  });

  test('a failure of npm is a failure', () => {
    standInForNpm('process.exit(3)');
    expect(() => ensureInstalled(root)).toThrow('npm install ended with code 3');
  });
});

test('ST1: the Node from npm is preferred, a new one that runs already is enough', () => {
  expect(projectNode(root)).toBe(process.execPath);
  const bin = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'node'), '');
  expect(projectNode(root)).toBe(join(bin, 'node'));
});
