import { parseArgs } from 'node:util';
import { frameRounds } from '../fuzz/frames.ts';
import { describeFailure, runSeed } from '../fuzz/run-seed.ts';
import { cutWal, damagePages, failFlushes } from './disk.ts';
import { killRounds, type KillReport } from './kill-rounds.ts';
import { reconnects } from './reconnects.ts';
import { venueRound } from './venue.ts';

const HELP = `npm run faults -- [--kills N] [--named N] [--frames N] [--seeds N] [--venue] [--reconnects N] [--pages N]
                  [--wal N] [--flushes N] [--seed S]

Without the name of a part all of them, else the named ones alone.

  --kills       random moments of kill -9 under 8 writing clients (1000)
  --named       rounds at each named kill point (20)
  --frames      mutated frames against the rooms (1000000)
  --seeds       runs of the simulation; the first is --seed (2000)
  --venue       50 people: 2 s there and back, stalls up to 60 s, cuts, then 10 minutes without a network
  --reconnects  so many come back within 10 s (5000)
  --pages       places of a database overwritten with up to 900 random bytes, each in a fresh copy (500)
  --wal         random bytes at which the WAL is cut, as many at which it is garbled, and every frame of it (2000)
  --flushes     flushes of the WAL that fail, the first, the second and so on (200)

The parts from --wal on start the built server: npm run build comes before them.
`;
const POINTS = ['before-commit', 'after-commit-before-ack', 'mid-snapshot', 'before-prune'];

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    named: { type: 'string' },
    frames: { type: 'string' },
    seeds: { type: 'string' },
    venue: { type: 'boolean' },
    reconnects: { type: 'string' },
    pages: { type: 'string' },
    wal: { type: 'string' },
    flushes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
// Yjs says on the console each time a document takes a new clientID; here that is by design.
console.log = () => undefined;

const { seed: _seed, help, ...named } = values;
const everything = Object.keys(named).length === 0;
const count = (given: string | undefined, full: number): number => Number(given ?? (everything ? full : 0));

if (help) process.stdout.write(HELP);
else await run(Number(values.seed));

async function run(seed: number): Promise<void> {
  const kills = count(values.kills, 1_000);
  if (kills > 0) sayKills('random moments', await inTwoLanes(kills, seed));
  const rounds = count(values.named, 20);
  for (const point of rounds > 0 ? POINTS : []) sayKills(point, await killRounds(rounds, seed, point));
  await frames(count(values.frames, 1_000_000), seed);
  await simulate(count(values.seeds, 2_000), seed);
  if (values.venue ?? everything) await venue(seed);
  await returning(count(values.reconnects, 5_000), seed);
  await damagePages(count(values.pages, 500), seed, say);
  await cutWal(count(values.wal, 2_000), seed, say);
  await failFlushes(count(values.flushes, 200), say);
}

/** Two servers side by side: a round is mostly their start. */
async function inTwoLanes(rounds: number, seed: number): Promise<KillReport> {
  const half = Math.floor(rounds / 2);
  const [one, other] = await Promise.all([killRounds(rounds - half, seed), killRounds(half, seed + 1)]);
  return {
    rounds: one.rounds + other.rounds,
    killedByFault: one.killedByFault + other.killedByFault,
    typed: one.typed + other.typed,
    acked: one.acked + other.acked,
    lost: [...one.lost, ...other.lost],
    doubled: [...one.doubled, ...other.doubled],
  };
}

function sayKills(what: string, report: KillReport): void {
  const { rounds, killedByFault, typed, acked, lost, doubled } = report;
  say(
    `${what}: ${rounds} kills${killedByFault ? ` (${killedByFault} at the point)` : ''}, ${typed} tokens typed, ${acked} acked, ${lost.length} lost, ${doubled.length} doubled`,
    lost.length === 0 && doubled.length === 0,
  );
}

async function frames(wanted: number, seed: number): Promise<void> {
  if (wanted === 0) return;
  const report = await frameRounds(wanted, seed);
  say(
    `${report.frames} mutated frames: ${report.closed} closes, ${report.stored} stored, longest ${report.longestMs.toFixed(0)} ms of CPU for one frame`,
    report.longestMs <= 250,
  );
}

async function simulate(seeds: number, first: number): Promise<void> {
  for (let seed = first; seed < first + seeds; seed++) {
    const failure = await runSeed(seed);
    if (failure) return say(describeFailure(failure), false);
  }
  if (seeds > 0) say(`${seeds} seeds of the simulation: every promise held`, true);
}

/** Ten minutes without a network take two here: the clocks of clients, server and proxy run five times as fast until it is back. */
async function venue(seed: number): Promise<void> {
  const { typed, acked, lost, lies, silent, caughtUp, faults, connections } = await venueRound({
    ...{ clients: 50, seed, rate: 5, roundTrip: 2_000, faults: 300, worstStall: 60_000 },
    ...{ offline: 600_000, typeEvery: 10_000 },
  });
  say(
    `venue: 50 people, ${faults} faults, ${connections} connections: ${typed} tokens typed, ${acked} acked, ${lost.length} lost, ` +
      `${lies.length} times Saved too early, at most ${seconds(silent)} of silence, all caught up ${seconds(caughtUp)} after the return`,
    acked === typed && lost.length + lies.length === 0 && silent <= 8_000 && caughtUp <= 5_000,
  );
}

async function returning(peers: number, seed: number): Promise<void> {
  if (peers === 0) return;
  const { failed, p50, p99, longest, typingP99, keys } = await reconnects(peers, 10_000, seed);
  say(
    `${peers} came back within 10 s: ${failed.length} failed${failed[0] ? ` (${failed[0]})` : ''}, connected and synced in ${p50.toFixed(0)} ms (p50), ` +
      `${p99.toFixed(0)} ms (p99), ${longest.toFixed(0)} ms at most; ${keys} keys of those who stayed: ${typingP99.toFixed(0)} ms (p99) to another screen`,
    failed.length === 0 && p99 <= 1_000 && typingP99 <= 500,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function say(line: string, good: boolean): void {
  process.stdout.write(`${good ? '' : 'NOT MET  '}${line}\n`);
  if (!good) process.exitCode = 1;
}
