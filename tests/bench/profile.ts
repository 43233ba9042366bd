/**
 * `node tests/bench/profile.ts [--from <seconds>] <file.cpuprofile> ...`: the functions with the most time of their own, and
 * each file's share. `--from` leaves out the start of the process.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const SHOWN = 30;
const NOT_WORK = new Set(['(idle)', '(program)', '(root)']);

const { values, positionals } = parseArgs({ options: { from: { type: 'string' } }, allowPositionals: true });
const fromMicros = Number(values.from ?? 0) * 1e6;

for (const file of positionals) {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const { functions, files, busy, idle } = selfTimes(profile);
  console.log(`\n${file}\nbusy ${(busy / 1000).toFixed(0)} ms, idle ${(idle / 1000).toFixed(0)} ms`);
  print(functions, busy);
  console.log('by file');
  print(files, busy);
}

/** Microseconds by function and by file; native code waiting for nothing is left out of busy. */
function selfTimes(profile: Profile) {
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const functions = new Map<string, number>();
  const files = new Map<string, number>();
  let [busy, idle, at] = [0, 0, 0];
  for (const [index, id] of profile.samples.entries()) {
    const frame = frames.get(id);
    const micros = profile.timeDeltas[index] ?? 0;
    at += micros;
    if (!frame || at < fromMicros) continue;
    if (frame.functionName === '(idle)') idle += micros;
    if (NOT_WORK.has(frame.functionName) && frame.functionName !== '(program)') continue;
    busy += micros;
    const place = frame.url.replace(/^.*\/(node_modules|server|src)\//, '$1/');
    add(functions, `${frame.functionName || '(anonymous)'} ${place}:${frame.lineNumber + 1}`, micros);
    add(files, place || frame.functionName || '(native)', micros);
  }
  return { functions, files, busy, idle };
}

function add(sums: Map<string, number>, key: string, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

function print(sums: Map<string, number>, busy: number): void {
  const sorted = [...sums].sort((one, other) => other[1] - one[1]).slice(0, SHOWN);
  for (const [name, micros] of sorted) console.log(`${((100 * micros) / busy).toFixed(1).padStart(6)} %  ${name}`);
}
