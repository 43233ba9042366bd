// Plain JavaScript: tools/test.mjs loads it before anything is installed.
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { projectNode } from './install.mjs';

/**
 * Environment in which `node`, `vite`, `vitest` ... are the project's own.
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function projectEnv(root) {
  const own = [join(root, 'node_modules', '.bin'), dirname(projectNode(root))];
  return { ...process.env, PATH: [...own, process.env.PATH ?? ''].join(delimiter) };
}

/**
 * Runs one tool of node_modules with its output on this terminal: as it comes, or whole under its heading when the tool
 * has ended, for tools that run side by side.
 * @param {string} root
 * @param {string[]} command name and arguments
 * @param {{ env?: Record<string, string>, minutes?: number, heading?: string }} [options] `minutes`: the tool and its children are ended after them
 * @returns {Promise<{ ok: boolean, ms: number, why: string }>} `why` is empty when all went well
 */
export function runTool(root, [name, ...args], options = {}) {
  const windows = process.platform === 'win32';
  const begun = performance.now();
  const held = options.heading !== undefined;
  return new Promise((resolve) => {
    const child = spawn(/** @type {string} */ (name), args, {
      cwd: root,
      stdio: held ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: { ...projectEnv(root), ...options.env },
      shell: windows,
      // A group of its own, so that a stage which hangs is ended with the servers and browsers it started.
      detached: !windows,
    });
    /** @type {string[]} */
    const said = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => said.push(text));
    let late = false;
    const limit = setTimeout(
      () => {
        late = true;
        endGroup(child, windows);
      },
      (options.minutes ?? 10) * 60_000,
    );
    const stop = () => {
      endGroup(child, windows);
      process.exit(130);
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const done = (/** @type {string} */ why) => {
      clearTimeout(limit);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (held) console.log(`${options.heading}\n${said.join('').trimEnd()}`);
      resolve({ ok: why === '', ms: performance.now() - begun, why });
    };
    child.once('error', (error) => done(error.message));
    child.once('close', (code, signal) => {
      if (late) done(`ended after ${options.minutes ?? 10} minutes`);
      else done(code === 0 ? '' : `exit ${code ?? signal}`);
    });
  });
}

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} alone true where there are no process groups
 */
function endGroup(child, alone) {
  if (child.pid === undefined) return;
  try {
    if (alone) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
