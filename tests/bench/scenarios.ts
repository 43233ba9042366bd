import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVERS } from './peers/servers.ts';
import type { ServerKind, ServerName } from './peers/kind.ts';
import type { RunningServer } from './peers/serve.ts';
import { generate, startServer } from './pinned.ts';

export const SCENARIO_NAMES = ['a', 'b', 'c', 'acks', 'idle', 'cold', 'kill'] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** What one server did in one run of one scenario: figures by name, in the units of report.ts. */
export type Figures = Record<string, number>;

export interface Measure {
  server: ServerName;
  seconds: number;
  profile: string | null;
}

export interface Scenario {
  title: string;
  /** Says why a server takes no part; null when it does. */
  skips(server: ServerKind): string | null;
  measure(measure: Measure): Promise<Figures>;
}

const WARMUP_SECONDS = 2;
const KEYS_PER_SECOND = 5;
const SUBPROTOCOL = 'plumbline.v1';
const IDLE_PEERS = 5000;
const IDLE_NOTES = 50;
const LONG_NOTE_EDITS = 100_000;
const OPEN_AT_ONCE = 50;
const KEYS_BEFORE_KILL = 600;

const all = (): null => null;
const keepers = (server: ServerKind): string | null => (server.keeps ? null : 'keeps nothing');
const acking = (server: ServerKind): string | null => (server.name === 'plumbline' ? null : 'has no acks');

export const SCENARIOS: Record<ScenarioName, Scenario> = {
  a: {
    title: 'One note: 20 writers at 5 keys/s with carets, 180 readers',
    skips: all,
    measure: (measure) => typing(measure, { notes: 1, writers: 20, readers: 180, sampled: 20 }),
  },
  b: {
    title: 'One note: 10 writers at 5 keys/s with carets, 990 readers',
    skips: all,
    measure: (measure) => typing(measure, { notes: 1, writers: 10, readers: 990, sampled: 20 }),
  },
  c: {
    title: '100 notes: 2 writers at 5 keys/s with carets and 8 readers in each',
    skips: all,
    measure: (measure) => typing(measure, { notes: 100, writers: 2, readers: 8, sampled: 1 }),
  },
  acks: {
    title: `As the first, the writers on ${SUBPROTOCOL}: key to ack, the ack saying "on disk"`,
    skips: acking,
    measure: (measure) => typing(measure, { notes: 1, writers: 20, readers: 180, sampled: 20, acks: true }),
  },
  idle: { title: '5,000 idle peers in 50 notes', skips: all, measure: idle },
  cold: { title: 'A note of 100,000 single-character edits is opened', skips: keepers, measure: cold },
  kill: { title: 'kill -9 50 ms after a reader saw the last of 600 keys', skips: keepers, measure: kill },
};

interface Crowd {
  notes: number;
  writers: number;
  readers: number;
  sampled: number;
  acks?: boolean;
}

async function typing(measure: Measure, crowd: Crowd): Promise<Figures> {
  return withServer(measure, async (kind, dataDir, start) => {
    const server = await start();
    const result = await generate<'typing'>({
      kind: 'typing',
      pid: server.pid,
      rooms: await kind.targets({ port: server.port, dataDir }, crowd.notes),
      writersPerRoom: crowd.writers,
      readersPerRoom: crowd.readers,
      sampledPerRoom: crowd.sampled,
      keysPerSecond: KEYS_PER_SECOND,
      warmupSeconds: WARMUP_SECONDS,
      seconds: measure.seconds,
      writerSubprotocol: crowd.acks ? SUBPROTOCOL : null,
      keeps: kind.keeps,
    });
    return { ...result };
  });
}

async function idle(measure: Measure): Promise<Figures> {
  return withServer(measure, async (kind, dataDir, start) => {
    const server = await start();
    const rooms = await kind.targets({ port: server.port, dataDir }, IDLE_NOTES);
    return { ...(await generate<'idle'>({ kind: 'idle', pid: server.pid, rooms, peers: IDLE_PEERS })) };
  });
}

/** Servers that keep the note on disk are restarted between writing and opening; the memory server cannot be. */
async function cold(measure: Measure): Promise<Figures> {
  return withServer(measure, async (kind, dataDir, start) => {
    let server = await start();
    const target = await onlyTarget(kind, server, dataDir);
    const built = await generate<'build'>({ kind: 'build', pid: server.pid, target, edits: LONG_NOTE_EDITS });
    if (kind.persists) {
      await server.stop();
      server = await start();
    }
    const again = await onlyTarget(kind, server, dataDir);
    const opened = await generate<'opening'>({
      kind: 'opening',
      target: again,
      extent: built.extent,
      atOnce: OPEN_AT_ONCE,
    });
    return { ...opened, coldMs: kind.persists ? opened.coldMs : Number.NaN, noteBytes: built.bytes };
  });
}

async function kill(measure: Measure): Promise<Figures> {
  return withServer(measure, async (kind, dataDir, start) => {
    const server = await start();
    const target = await onlyTarget(kind, server, dataDir);
    const { typed } = await generate<'kill'>({ kind: 'kill', pid: server.pid, target, keys: KEYS_BEFORE_KILL });
    await server.ended;
    const restarting = performance.now();
    const again = await start();
    const restartMs = performance.now() - restarting;
    const { lost } = await generate<'recount'>({
      kind: 'recount',
      target: await onlyTarget(kind, again, dataDir),
      typed,
    });
    return { lost, restartMs };
  });
}

type Start = () => Promise<RunningServer>;

/** A fresh data folder and as many starts as the scenario needs; whatever still runs at the end is stopped. */
async function withServer(
  measure: Measure,
  use: (kind: ServerKind, dataDir: string, start: Start) => Promise<Figures>,
): Promise<Figures> {
  const kind = SERVERS[measure.server];
  const dataDir = mkdtempSync(join(tmpdir(), `plumbline-bench-${kind.name}-`));
  const started: RunningServer[] = [];
  const nodeOptions = measure.profile ? ['--cpu-prof', `--cpu-prof-dir=${join(measure.profile, kind.name)}`] : [];
  try {
    await kind.prepare(dataDir);
    return await use(kind, dataDir, async () => {
      const server = await startServer(kind, dataDir, nodeOptions);
      started.push(server);
      return server;
    });
  } finally {
    for (const server of started) await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function onlyTarget(kind: ServerKind, server: RunningServer, dataDir: string) {
  const [target] = await kind.targets({ port: server.port, dataDir }, 1);
  if (!target) throw new Error(`${kind.name} has no note to open.`);
  return target;
}
