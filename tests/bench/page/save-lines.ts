import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { join } from 'node:path';
import type { Line } from './table.ts';

/** Keeps figures as JSON, with the machine they were taken on; returns the file. */
export function saveLines(name: string, lines: Line[]): string {
  const at = new Date().toISOString();
  const folder = join(import.meta.dirname, '../results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${at.replaceAll(':', '-')}.json`);
  const [load] = loadavg();
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length, kernel: release(), load };
  writeFileSync(file, `${JSON.stringify({ at, machine, lines }, null, 2)}\n`);
  return file;
}
