import { parseArgs } from 'node:util';
import { killRounds, type KillReport } from './kill-rounds.ts';
import { frameRounds } from '../fuzz/frames.ts';

const HELP = `npm run faults -- [--kills N] [--named N] [--frames N] [--seed S]

  --kills   random moments of kill -9 under 8 writing clients (1000)
  --named   rounds at each named kill point (20)
  --frames  mutated frames against the rooms (1000000)
`;
const POINTS = ['before-commit', 'after-commit-before-ack', 'mid-snapshot', 'before-prune'];

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    named: { type: 'string', default: '20' },
    frames: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
// Yjs says on the console each time a document takes a new clientID; here that is by design.
console.log = () => undefined;

if (values.help) process.stdout.write(HELP);
else await run(Number(values.kills), Number(values.named), Number(values.frames), Number(values.seed));

async function run(kills: number, named: number, frames: number, seed: number): Promise<void> {
  if (kills > 0) say('random moments', await killRounds(kills, seed));
  for (const point of named > 0 ? POINTS : []) say(point, await killRounds(named, seed, point));
  if (frames > 0) {
    const report = await frameRounds(frames, seed);
    process.stdout.write(
      `${report.frames} mutated frames: ${report.closed} closes, ${report.stored} stored, longest ${report.longestMs.toFixed(0)} ms of CPU for one frame\n`,
    );
    if (report.longestMs > 250) process.exitCode = 1;
  }
}

function say(what: string, report: KillReport): void {
  const { rounds, killedByFault, typed, acked, lost, doubled } = report;
  process.stdout.write(
    `${what}: ${rounds} kills${killedByFault ? ` (${killedByFault} at the point)` : ''}, ${typed} tokens typed, ${acked} acked, ${lost.length} lost, ${doubled.length} doubled\n`,
  );
  if (lost.length > 0 || doubled.length > 0) process.exitCode = 1;
}
