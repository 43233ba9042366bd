// `npm start`: installs and builds what changed, then runs the server. Plain JavaScript for Node 20: on a fresh clone nothing
// else is there yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, projectNode } from './install.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** What `npm run build` reads. The server runs from source and needs no build. */
const SOURCES = [
  'src',
  'static',
  'server/context.ts',
  'package.json',
  'package-lock.json',
  'svelte.config.js',
  'tsconfig.json',
  'vite.config.ts',
];
const STAMP = join(ROOT, 'build', 'sources.sha256');

try {
  ensureInstalled(ROOT);
  const node = projectNode(ROOT);
  ensureBuilt(node);
  serve(node);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** @param {string} node */
function ensureBuilt(node) {
  const sources = hashSources();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return;
  console.log('Building the pages');
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const built = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' });
  if (built.error) throw built.error;
  if (built.status !== 0) throw new Error(`The build ended with code ${built.status ?? built.signal}`);
  // Last, so that a build that was cut short is made again.
  writeFileSync(STAMP, sources);
}

/** One hash over names and contents: times change with every checkout, contents do not. */
function hashSources() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesIn(source)).sort()) {
    hash.update(`${file}\0`);
    hash.update(
      createHash('sha256')
        .update(readFileSync(join(ROOT, file)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

/**
 * @param {string} path from the root
 * @returns {string[]}
 */
function filesIn(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  if (!/^(src|static)/.test(path)) return [path];
  const entries = readdirSync(full, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}

/**
 * The server is a process of its own, because this one may run on an older Node. What arrives here is passed on. npm often ends
 * without passing anything on: then this process gets another parent, and the server is stopped rather than left behind with
 * the port and the data folder.
 * @param {string} node
 */
function serve(node) {
  const server = spawn(node, [join(ROOT, 'server', 'main.ts')], { cwd: process.cwd(), stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']))
    process.on(signal, () => server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) server.kill('SIGTERM');
  }, 500).unref();
  server.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
