// Plain JavaScript for the Node that is there, 20 or newer: on a fresh clone nothing else exists yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NEEDED_NODE = 24;

/**
 * Makes node_modules what package-lock.json says; runs npm only when it is missing, half made or of another lock. Not
 * `npm ci`: that refuses when the lock does not name the optional binaries of every platform, and a lock written through a
 * registry mirror that lacks some cannot name them. `npm install --no-save` takes the same versions and checks the same hashes.
 * @param {string} root folder of package.json
 * @returns {boolean} true when something was installed
 * @throws when npm fails; its own words are already on the terminal
 */
export function ensureInstalled(root) {
  if (isInstalled(root)) return false;
  console.log('Installing packages');
  const [command, args] = npmCommand();
  const done = spawnSync(command, [...args, 'install', '--no-save', '--include=dev', '--include=optional'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: pathWithout(join(root, 'node_modules', '.bin')) },
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`npm install ended with code ${done.status ?? done.signal}`);
  return true;
}

/**
 * The Node that runs the project: the one npm installed from the lock, else the running one when it is new enough.
 * @param {string} root folder of package.json
 * @returns {string} absolute path of an executable
 */
export function projectNode(root) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = join(root, 'node_modules', `node-${platformName()}-${process.arch}`, 'bin', name);
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_NODE) return process.execPath;
  throw new Error(
    `Plumbline needs Node ${NEEDED_NODE} and npm has none for ${process.platform} ${process.arch}: ` +
      `install Node ${NEEDED_NODE} or newer (running: ${process.versions.node}).`,
  );
}

/**
 * npm writes node_modules/.package-lock.json as its last step, so a missing one is an install that never ended. Packages for
 * other platforms are in the lock and rightly not on this disk.
 * @param {string} root
 */
function isInstalled(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted) throw new Error(`No package-lock.json in ${root}`);
  if (!present) return false;
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true;
    const found = present[place];
    return found ? found.version === entry.version && found.integrity === entry.integrity : entry.optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | null} null when there is no file
 */
function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null;
}

/**
 * npm and the Node that came with it. Never the Node inside node_modules: npm may replace it while it runs.
 * @returns {[string, string[]]}
 */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  return npm && node && existsSync(npm) && existsSync(node) ? [node, [npm]] : ['npm', []];
}

/** @param {string} folder */
function pathWithout(folder) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => entry !== folder)
    .join(delimiter);
}

function platformName() {
  return process.platform === 'win32' ? 'win' : process.platform;
}
