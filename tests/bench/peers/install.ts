import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;

/** Installs what is not there yet, from this folder's own lockfile, where no other code takes these packages for its own. */
export function installPeers(): void {
  const { dependencies } = manifest(HERE) as { dependencies: Record<string, string> };
  if (Object.entries(dependencies).every(([name, version]) => installed(name) === version)) return;
  console.log('Installing the servers to compare with (once) ...');
  const outcome = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' });
  if (outcome.status !== 0) throw new Error('npm ci in tests/bench/peers failed; what it printed above says why.');
}

function installed(name: string): string | undefined {
  const folder = join(HERE, 'node_modules', name);
  return existsSync(join(folder, 'package.json')) ? (manifest(folder) as { version: string }).version : undefined;
}

function manifest(folder: string): unknown {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
